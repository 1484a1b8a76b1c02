import type { PersonStatus } from '@dialog/shared/users';
import { useIsOver } from '../../platform/useIsOver.ts';

/** A status until its moment comes; then it is gone, without anybody saying so. */
export function useStatus(status: PersonStatus | null | undefined): PersonStatus | null {
  const isOver = useIsOver(status?.until);
  return status && !isOver ? status : null;
}
