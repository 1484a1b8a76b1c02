import { addPath } from '@dialog/shared/people';
import { Copy, Link2, Link2Off, RefreshCw } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { copyText } from '../ui/copyText.ts';
import { Failure } from '../ui/Failure.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import { Section } from '../ui/Section.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './People.module.css';
import type { People } from './people.ts';

/** One's own link and its code, large enough for a camera. */
export function OwnLink({ people }: { readonly people: People }): ReactNode {
  const { t } = useTranslation('people');
  const { act, isBusy, error } = useAct();
  const errorText = useErrorText();
  const [code, setCode] = useState<string | null>();
  const [asking, setAsking] = useState<'renew' | 'revoke'>();
  useEffect(() => {
    void act(async () => setCode(await people.link()));
    // oxlint-disable-next-line react/exhaustive-deps -- once
  }, [people]);
  return (
    <Section title={t('link')} text={t('linkText')}>
      {code === undefined && error === undefined && <Skeleton height="40px" />}
      {code === null && (
        <div className={styles['none']}>
          <Link2 aria-hidden="true" />
          <p className={styles['note']}>{t('noLink')}</p>
          <Button
            kind="primary"
            isBusy={isBusy}
            onClick={() => void act(async () => setCode(await people.renewLink()))}
          >
            {t('makeLink')}
          </Button>
        </div>
      )}
      {typeof code === 'string' && (
        <div className={styles['link']}>
          <QrCode text={addressOf(code)} label={t('qr')} />
          <p className={styles['address']} dir="ltr">
            {addressOf(code)}
          </p>
          <div className={styles['buttons']}>
            <Button
              kind="primary"
              icon={<Copy size={16} />}
              onClick={() => copyText(addressOf(code), t('copied'), t('notCopied'))}
            >
              {t('copy')}
            </Button>
            <Button icon={<RefreshCw size={16} />} onClick={() => setAsking('renew')}>
              {t('renew')}
            </Button>
            <Button kind="dangerQuiet" icon={<Link2Off size={16} />} onClick={() => setAsking('revoke')}>
              {t('revoke')}
            </Button>
          </div>
        </div>
      )}
      <Failure text={error} />
      <ConfirmDialog
        isOpen={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={t(asking === 'revoke' ? 'revokeTitle' : 'renewTitle')}
        text={t(asking === 'revoke' ? 'revokeText' : 'renewText')}
        confirmLabel={t(asking === 'revoke' ? 'revoke' : 'renew')}
        isDanger={asking === 'revoke'}
        onConfirm={async () => setCode(await (asking === 'revoke' ? people.revokeLink() : people.renewLink()))}
        errorText={errorText}
      />
    </Section>
  );
}

function addressOf(code: string): string {
  return location.origin + addPath(code);
}
