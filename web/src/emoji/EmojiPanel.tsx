import { EmojiPicker as Base, type EmojiPickerListComponents } from 'frimousse';
import { Search } from 'lucide-react';
import { type AriaAttributes, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { loadEmojiData } from './emojiData.ts';
import styles from './EmojiPicker.module.css';
import { SKIN_TONES, type Tone } from './recentEmoji.ts';
import { useRecentEmoji } from './useRecentEmoji.ts';

const COLUMNS = 9;

/** Search, the ones used last, all the others by group, skin tone. Arrow keys move, Enter picks. */
export function EmojiPanel({ onPick }: { readonly onPick: (emoji: string) => void }): ReactNode {
  const { t, i18n } = useTranslation('emoji');
  const recent = useRecentEmoji();
  const { tone } = useStore(recent.store);
  const [search, setSearch] = useState('');
  return (
    <Base.Root
      className={styles['panel']}
      locale={i18n.language}
      columns={COLUMNS}
      skinTone={tone}
      resolveEmojiData={loadEmojiData}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <div className={styles['search']}>
        <Search aria-hidden="true" />
        <Base.Search
          className={styles['field']}
          value={search}
          placeholder={t('search')}
          aria-label={t('search')}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {search === '' && <Recent onPick={onPick} />}
      <Base.Viewport className={styles['viewport']}>
        <Base.Loading className={styles['note']}>{t('loading')}</Base.Loading>
        <Base.Empty className={styles['note']}>{t('none')}</Base.Empty>
        <Base.List className={styles['list']} components={PARTS} />
      </Base.Viewport>
      <div className={styles['foot']}>
        <Base.ActiveEmoji>{({ emoji }) => <span className={styles['active']}>{emoji?.label}</span>}</Base.ActiveEmoji>
        <Tones tone={tone} onChange={recent.setTone} />
      </div>
    </Base.Root>
  );
}

function Recent({ onPick }: { readonly onPick: (emoji: string) => void }): ReactNode {
  const { t } = useTranslation('emoji');
  const { recent } = useStore(useRecentEmoji().store);
  if (recent.length === 0) return null;
  return (
    <section aria-label={t('recent')}>
      <h3 className={styles['heading']}>{t('recent')}</h3>
      <div className={styles['row']}>
        {recent.slice(0, COLUMNS).map((emoji) => (
          <button key={emoji} type="button" className={styles['emoji']} onClick={() => onPick(emoji)}>
            {emoji}
          </button>
        ))}
      </div>
    </section>
  );
}

const HANDS: Readonly<Record<Tone, string>> = {
  none: '✋',
  light: '✋🏻',
  'medium-light': '✋🏼',
  medium: '✋🏽',
  'medium-dark': '✋🏾',
  dark: '✋🏿',
};

/** One button that goes through the tones. */
function Tones({ tone, onChange }: { readonly tone: Tone; readonly onChange: (tone: Tone) => void }): ReactNode {
  const { t } = useTranslation('emoji');
  const next = SKIN_TONES[(SKIN_TONES.indexOf(tone) + 1) % SKIN_TONES.length] ?? 'none';
  return (
    <button
      type="button"
      className={styles['emoji']}
      aria-label={t('tone', { tone: t(`tone_${tone}`) })}
      data-tooltip={t(`tone_${tone}`)}
      onClick={() => onChange(next)}
    >
      {HANDS[tone]}
    </button>
  );
}

/** The list counts from nought, screen readers from one. */
function countedFromOne<Props extends AriaAttributes>(props: Props): Props {
  const { 'aria-rowindex': row, 'aria-colindex': column } = props;
  return {
    ...props,
    ...(row === undefined ? {} : { 'aria-rowindex': row + 1 }),
    ...(column === undefined ? {} : { 'aria-colindex': column + 1 }),
  };
}

const PARTS: Partial<EmojiPickerListComponents> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className={styles['heading']}>
      {category.label}
    </div>
  ),
  Row: (props) => <div {...countedFromOne(props)} className={styles['row']} />,
  Emoji: ({ emoji, ...props }) => (
    <button {...countedFromOne(props)} type="button" className={styles['emoji']} data-active={emoji.isActive}>
      {emoji.emoji}
    </button>
  ),
};
