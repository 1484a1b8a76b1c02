import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Pane } from '../../ui/Pane.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { Place } from '../router.ts';
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
  const pane = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // On a phone the list gave way, and what was pressed in it with it.
  useEffect(() => {
    if (!isWide() && place.section !== undefined) heading.current?.focus();
  }, [place.section]);
  // The place itself: who asks for the same setting once more gets it pointed out once more.
  useEffect(
    () => (pane.current && place.setting !== undefined ? pointOut(pane.current, place.setting) : undefined),
    [place],
  );
  return (
    <Pane
      ref={pane}
      title={say(section.title)}
      heading={heading}
      backLabel={t('toList')}
      onBack={() => router.back({ name: 'settings' })}
      onKeyDown={leaveField}
    >
      <Suspense fallback={<SectionSkeleton />}>
        <section.Content />
      </Suspense>
    </Pane>
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
