import { Copy, Download, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { putOnClipboard } from '../ui/copyText.ts';
import styles from './RecoveryCodes.module.css';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly userName: string;
}

/** Ten codes, to be seen this once, and the ways to keep them. */
export function RecoveryCodes({ codes, userName }: RecoveryCodesProps): ReactNode {
  const { t } = useTranslation('proofs');
  const [isCopied, setCopied] = useState<boolean>();
  const heading = t('codesOf', { userName, server: location.host });

  function copy(): void {
    putOnClipboard(codes.join('\n')).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }

  function download(): void {
    const file = new Blob([`${heading}\n\n${codes.join('\n')}\n\n${t('codesUse')}\n`], { type: 'text/plain' });
    const url = URL.createObjectURL(file);
    const link = document.createElement('a');
    link.href = url;
    link.download = `${t('codesFile')}-${userName}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url));
  }

  return (
    <div className={styles['block']}>
      <div className={styles['sheet']}>
        <p className={styles['heading']}>{heading}</p>
        <ol className={styles['codes']} dir="ltr" aria-label={t('codesLabel')}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <p className={styles['heading']}>{t('codesUse')}</p>
      </div>
      <div className={styles['ways']}>
        <Button size="s" icon={<Copy />} onClick={copy}>
          {t('copyCodes')}
        </Button>
        <Button size="s" icon={<Download />} onClick={download}>
          {t('downloadCodes')}
        </Button>
        <Button size="s" icon={<Printer />} onClick={() => print()}>
          {t('printCodes')}
        </Button>
      </div>
      <output className={styles['told']}>
        {isCopied !== undefined && t(isCopied ? 'codesCopied' : 'codesNotCopied')}
      </output>
    </div>
  );
}
