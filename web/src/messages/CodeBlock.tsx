import { Check, Copy } from 'lucide-react';
import { createElement, Fragment, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { putOnClipboard } from '../ui/copyText.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { toast } from '../ui/toast.ts';
import styles from './CodeBlock.module.css';
import type { CodeLines } from './highlight.tokens.ts';
import { useHighlighted } from './useHighlighted.ts';

const COPIED_SHOWN_MS = 2_000;

interface CodeBlockProps {
  /** As its writer called it; empty when they did not. */
  readonly language: string;
  readonly code: string;
}

/** Code as written, coloured when its language is known. Long lines and long code scroll inside. */
export function CodeBlock({ language, code }: CodeBlockProps): ReactNode {
  const { t } = useTranslation('messages');
  const lines = useHighlighted(language, code);
  return (
    <figure className={styles['block']} dir="ltr">
      <figcaption className={styles['bar']}>
        <span className={styles['language']}>{language === '' ? t('code') : language}</span>
        <CopyButton code={code} />
      </figcaption>
      <pre
        className={styles['code']}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys
        tabIndex={0}
      >
        <code>{lines ? coloured(lines) : code}</code>
      </pre>
    </figure>
  );
}

/** Pieces in their places; they never change, so they need no keys. */
function coloured(lines: CodeLines): ReactNode {
  const pieces = lines.flatMap((tokens, line) => [line > 0 && '\n', ...tokens.map(piece)]);
  return createElement(Fragment, null, ...pieces);
}

function piece({ text, kind }: CodeLines[number][number]): ReactNode {
  return kind === undefined ? text : <span className={styles[kind]}>{text}</span>;
}

function CopyButton({ code }: { readonly code: string }): ReactNode {
  const { t } = useTranslation('messages');
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const end = setTimeout(() => setCopied(false), COPIED_SHOWN_MS);
    return () => clearTimeout(end);
  }, [isCopied]);
  return (
    <IconButton
      size="s"
      label={t(isCopied ? 'copied' : 'copyCode')}
      onClick={() => {
        putOnClipboard(code).then(
          () => setCopied(true),
          () => toast(t('copyFailed'), { kind: 'danger' }),
        );
      }}
    >
      {isCopied ? <Check /> : <Copy />}
    </IconButton>
  );
}
