import { EmojiName } from '@dialog/shared/contract/values';
import type { KeyboardEventHandler, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { TextField } from '../ui/TextField.tsx';
import styles from './EmojiDialog.module.css';

interface NameFieldProps {
  readonly name: string;
  readonly onChange: (name: string) => void;
  readonly error: string | undefined;
  readonly hint: string;
  readonly isLabelHidden?: boolean;
  readonly field?: RefObject<HTMLInputElement | null>;
  readonly onKeyDown?: KeyboardEventHandler;
}

/** What an emoji is to be called. What cannot stand in a name is not written. */
export function NameField(props: NameFieldProps): ReactNode {
  const { name, onChange, error, hint, isLabelHidden = false, field, onKeyDown } = props;
  const { t } = useTranslation('customEmoji');
  const isOff = name !== '' && !isEmojiName(name);
  return (
    <TextField
      ref={field}
      label={t('name')}
      isLabelHidden={isLabelHidden}
      value={name}
      onChange={(written) => onChange(nameOf(written))}
      lead=":"
      trail={<span className={styles['colon']}>:</span>}
      dir="ltr"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={NAME_MAX}
      hint={hint}
      onKeyDown={onKeyDown}
      error={isOff ? t('nameOff') : error}
    />
  );
}

const NAME_MAX = 32;

export function isEmojiName(name: string): boolean {
  return z.safeParse(EmojiName, name).success;
}

/** The nearest that can be a name to what somebody wrote, or what their file is called. */
export function nameOf(written: string): string {
  return written
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_')
    .replaceAll(/[^a-z0-9_]/g, '')
    .slice(0, NAME_MAX);
}
