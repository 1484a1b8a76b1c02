import { aboutRoutes } from '@dialog/shared/about';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { PROTOCOL_VERSION } from '@dialog/shared/protocol.version';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../platform/useErrorText.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useApp } from '../useApp.ts';
import styles from './AboutHere.module.css';

type About = RouteReply<typeof aboutRoutes.getAbout>;

export function AboutHere(): ReactNode {
  const { t } = useTranslation(['settings', 'app']);
  const { about, failure } = useAbout();
  const errorText = useErrorText();
  const facts = [
    { name: t('version'), value: about?.version },
    { name: t('protocol'), value: about && String(about.protocol) },
    { name: t('server'), value: location.host },
    { name: t('licence'), value: 'AGPL-3.0-or-later' },
  ];
  return (
    <Section title={t('version')} text={t('versionText')} anchor="version">
      <div className={styles['head']}>
        <Logo size={56} />
        <p className={styles['name']}>{t('app:title')}</p>
      </div>
      {failure !== undefined && (
        <Banner kind="danger" isRounded>
          {errorText(failure)}
        </Banner>
      )}
      <dl className={styles['facts']}>
        {facts.map(({ name, value }) => (
          <div key={name} className={styles['fact']}>
            <dt>{name}</dt>
            <dd dir="ltr">{value ?? (failure === undefined && <Skeleton width="64px" />)}</dd>
          </div>
        ))}
      </dl>
      {about && about.protocol !== PROTOCOL_VERSION && <p className={styles['note']}>{t('otherVersion')}</p>}
      <p className={styles['note']}>{t('licenceText')}</p>
    </Section>
  );
}

function useAbout(): { readonly about?: About; readonly failure?: unknown } {
  const { call } = useApp();
  const [state, setState] = useState<{ readonly about?: About; readonly failure?: unknown }>({});
  useEffect(() => {
    call(aboutRoutes.getAbout, {}).then(
      (about) => setState({ about }),
      (failure: unknown) => setState({ failure }),
    );
  }, [call]);
  return state;
}
