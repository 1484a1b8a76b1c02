import { ArrowLeft, ChevronRight, Search, SearchX, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { pathOf, type Place } from '../router.ts';
import shell from '../Shell.module.css';
import { useApp } from '../useApp.ts';
import { findable, findSettings } from './findSettings.ts';
import { SECTION_IDS, type SectionId } from './sectionIds.ts';
import { SECTIONS } from './sections.ts';
import type { SettingsPlace } from './SettingsPane.tsx';
import { NavLink } from './NavLink.tsx';
import styles from './SettingsNav.module.css';
import { isWide } from './isWide.ts';
import { useWords } from './useWords.ts';

/** The sections, or what a search of them finds; in the place of the chat list while one is in the settings. */
export function SettingsNav({ place }: { readonly place: SettingsPlace }): ReactNode {
  const { t } = useTranslation('settings');
  const { router } = useApp();
  const [question, setQuestion] = useState('');
  const nav = useRef<HTMLElement>(null);
  const isAsking = question.trim() !== '';
  const go = useGo(place);
  useFocusBack(nav, place.section);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const isInField = event.target instanceof HTMLInputElement;
    const links = [...(nav.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const at = links.findIndex((link) => link === event.target);
    const field = nav.current?.querySelector('input');
    const moves: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => links[at + 1]?.focus(),
      ArrowUp: () => (at > 0 ? links[at - 1] : field)?.focus(),
      Enter: isInField && isAsking ? () => links[0]?.click() : undefined,
      Escape: isAsking ? () => [setQuestion(''), field?.focus()] : undefined,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows go from the field into the list and on
    <nav ref={nav} className={shell['sidebar']} aria-label={t('settings')} onKeyDown={onKeyDown}>
      <header className={shell['bar']}>
        <IconButton label={t('leave')} onClick={() => router.back()}>
          <ArrowLeft className={styles['arrow']} />
        </IconButton>
        <h1 className={shell['barTitle']}>{t('settings')}</h1>
      </header>
      <search className={styles['search']}>
        <TextField
          label={t('search')}
          isLabelHidden
          placeholder={t('search')}
          value={question}
          onChange={setQuestion}
          lead={<Search size={18} />}
          trail={
            isAsking && (
              <IconButton size="s" label={t('clear')} hasTooltip={false} onClick={() => setQuestion('')}>
                <X />
              </IconButton>
            )
          }
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={100}
          dir="auto"
        />
      </search>
      <div className={styles['list']}>
        {isAsking ? <Found question={question} onGo={go} /> : <Sections place={place} onGo={go} />}
      </div>
    </nav>
  );
}

interface ListProps {
  readonly onGo: (to: Place) => void;
}

function Sections({ place, onGo }: ListProps & { readonly place: SettingsPlace }): ReactNode {
  const say = useWords();
  return (
    <ul className={styles['items']}>
      {SECTIONS.map(({ id, icon: Icon, title, text }) => (
        <li key={id}>
          <NavLink
            to={{ name: 'settings', section: id }}
            onGo={onGo}
            isCurrent={id === (place.section ?? SECTION_IDS[0])}
            // On a phone the list stands alone, and nothing of it is open.
            isOnlyWide={place.section === undefined}
            icon={<Icon />}
            title={say(title)}
            text={say(text)}
            trail={<ChevronRight className={styles['onward']} aria-hidden="true" />}
          />
        </li>
      ))}
    </ul>
  );
}

function Found({ question, onGo }: ListProps & { readonly question: string }): ReactNode {
  const { t, i18n } = useTranslation('settings');
  const say = useWords();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- `say` says the same until the language changes
  const all = useMemo(() => findable(say), [i18n.language]);
  const found = findSettings(all, question);
  return (
    <>
      <ul className={styles['items']} aria-label={t('results')}>
        {found.map(({ section, entry, title }) => (
          <li key={`${section.id} ${entry?.anchor}`}>
            <NavLink
              to={{ name: 'settings', section: section.id, ...(entry ? { setting: entry.anchor } : {}) }}
              onGo={onGo}
              icon={<section.icon />}
              title={title}
              text={say(entry ? section.title : section.text)}
            />
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <div className={styles['nothing']}>
          <SearchX aria-hidden="true" />
          <p>{t('nothing', { words: question.trim() })}</p>
        </div>
      )}
      <output className="visually-hidden">{t('count', { count: found.length })}</output>
    </>
  );
}

/** On a phone, who comes back to the list is where they left it. */
function useFocusBack(nav: RefObject<HTMLElement | null>, section: SectionId | undefined): void {
  const left = useRef(section);
  useEffect(() => {
    if (section === undefined && left.current !== undefined && !isWide())
      nav.current
        ?.querySelector<HTMLElement>(`a[href="${pathOf({ name: 'settings', section: left.current })}"]`)
        ?.focus();
    left.current = section;
  }, [nav, section]);
}

/** From section to section leaves no trail: the way back leads out. On a phone the list lies between. */
function useGo(place: SettingsPlace): (to: Place) => void {
  const { router } = useApp();
  return (to) => router.go(to, { replace: isWide() || place.section !== undefined });
}
