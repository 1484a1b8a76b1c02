import { ArrowLeft } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { Place } from '../router.ts';
import shell from '../Shell.module.css';
import { useApp } from '../useApp.ts';
import { pointOut } from './pointOut.ts';
import { SECTION_IDS } from './sectionIds.ts';
import { sectionOf, type SettingsSection } from './sections.ts';
import styles from './SettingsPane.module.css';
import { useWords } from './useWords.ts';

export type SettingsPlace = Extract<Place, { name: 'settings' }>;

/** One section; the first where none is named, which only a wide screen shows. */
export function SettingsPane({ place }: { readonly place: SettingsPlace }): ReactNode {
  const section = sectionOf(place.section ?? SECTION_IDS[0]);
  return <Section key={section.id} section={section} place={place} />;
}

interface SectionProps {
  readonly section: SettingsSection;
  readonly place: SettingsPlace;
}

function Section({ section, place }: SectionProps): ReactNode {
  const { t } = useTranslation('settings');
  const say = useWords();
  const { router } = useApp();
  const content = useRef<HTMLDivElement>(null);
  // The place itself: who asks for the same setting once more gets it pointed out once more.
  useEffect(
    () => (content.current && place.setting !== undefined ? pointOut(content.current, place.setting) : undefined),
    [place],
  );
  return (
    <div className={styles['pane']}>
      <header className={styles['bar']}>
        <span className={styles['back']}>
          <IconButton label={t('toList')} onClick={() => router.back({ name: 'settings' })}>
            <ArrowLeft className={styles['arrow']} />
          </IconButton>
        </span>
        <h2 className={shell['barTitle']}>{say(section.title)}</h2>
      </header>
      <div className={styles['scroll']}>
        <div ref={content} className={styles['content']}>
          <Suspense fallback={<SectionSkeleton />}>
            <section.Content />
          </Suspense>
        </div>
      </div>
    </div>
  );
}

function SectionSkeleton(): ReactNode {
  return (
    <div className={styles['skeleton']} aria-busy="true">
      <Skeleton width="34%" height="16px" />
      <Skeleton width="72%" />
      <Skeleton height="40px" />
      <Skeleton height="40px" />
    </div>
  );
}
