import type {} from 'react';

/** Custom properties in `style`, which sets them through the CSSOM and so needs no inline style in the policy. */
declare module 'react' {
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
