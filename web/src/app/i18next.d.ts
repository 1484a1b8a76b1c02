import type comparing from '../calls/comparing/words.en.json';
import type { words } from './words.en.ts';
import type { words as lateWords } from './words.late.en.ts';

/** Makes `t('…')` know every key. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof words & typeof lateWords & { readonly comparing: typeof comparing };
  }
}
