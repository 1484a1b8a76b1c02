import { ArrowLeft } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { Place } from '../router.ts';
import shell from '../Shell.module.css';
import { useApp } from '../useApp.ts';
import { isWide } from './isWide.ts';
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
  const heading = useRef<HTMLHeadingElement>(null);
  // On a phone the list gave way, and what was pressed in it with it.
  useEffect(() => {
    if (!isWide() && place.section !== undefined) heading.current?.focus();
  }, [place.section]);
  // The place itself: who asks for the same setting once more gets it pointed out once more.
  useEffect(
    () => (content.current && place.setting !== undefined ? pointOut(content.current, place.setting) : undefined),
    [place],
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears what its fields leave
    <div className={styles['pane']} onKeyDown={leaveField}>
      <header className={styles['bar']}>
        <span className={styles['back']}>
          <IconButton label={t('toList')} onClick={() => router.back({ name: 'settings' })}>
            <ArrowLeft className={styles['arrow']} />
          </IconButton>
        </span>
        <h2 ref={heading} className={classes(shell['barTitle'], styles['title'])} tabIndex={-1}>
          {say(section.title)}
        </h2>
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

const FIELDS = 'textarea, input:not([type="radio"], [type="checkbox"], [type="range"])';

/** By Escape one leaves the field first, and not the page with what was typed in it. */
function leaveField(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key, nativeEvent } = event;
  if (key !== 'Escape' || event.defaultPrevented || nativeEvent.isComposing) return;
  // What is typed in a dialog of a section is the dialog's.
  if (!(target instanceof HTMLElement) || !currentTarget.contains(target) || !target.matches(FIELDS)) return;
  event.preventDefault();
  target.closest<HTMLElement>('[data-setting]')?.focus({ preventScroll: true });
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
