import { useState } from 'react';

/** Whether it is, or ever was, true: what was shown once stays mounted, so that it can leave gently. */
export function useEverTrue(is: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(is);
  if (is && !wasTrue) setWasTrue(true);
  return is || wasTrue;
}
