import { BellOff, ChevronDown, MessageSquareReply, PencilLine, Phone, PhoneOff, Video } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChatAvatar } from '../../chats/ChatAvatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { PersonAvatar } from '../../users/PersonAvatar.tsx';
import { useLocalMedia, useOwnCall } from '../useCalls.ts';
import styles from './RingCard.module.css';
import type { Incoming } from './rings.state.ts';
import type { Rings } from './rings.ts';
import { useDeclineWith } from './useDeclineWith.ts';
import { RING_KEYS } from './useRingKeys.ts';
import { useRingName } from './useRingName.ts';

interface RingCardProps {
  readonly ring: Incoming;
  readonly rings: Rings;
}

/** What one says without answering. */
const SHORT_WORDS = ['laterCall', 'laterBusy', 'laterWrite', 'laterMinute'] as const;

/** Somebody calls. It takes no focus from what one does; the keys are in the tooltips. */
export function RingCard({ ring, rings }: RingCardProps): ReactNode {
  const { t } = useTranslation('ring');
  const { caller, user, group, summary } = useRingName(ring);
  const isInCall = useOwnCall(({ active }) => active !== null && active.callId !== ring.callId);
  const kind = group === undefined ? t(ring.isVideo ? 'video' : 'voice') : t('inGroup', { group });
  return (
    <section className={styles['card']} data-testid="ring" aria-label={t('title', { name: caller })}>
      <p className="visually-hidden" role="alert">
        {t('announced', { name: caller, kind, answer: RING_KEYS.answer, decline: RING_KEYS.decline })}
      </p>
      <span className={classes(styles['picture'], ring.isAnswered && styles['still'])}>
        {group !== undefined && summary ? (
          <ChatAvatar summary={summary} size={52} />
        ) : (
          <PersonAvatar user={user ?? { id: ring.from, displayName: caller }} size={52} />
        )}
      </span>
      <div className={styles['words']}>
        <strong className={styles['name']}>
          <bdi>{caller}</bdi>
        </strong>
        <span className={styles['kind']}>
          {ring.isVideo ? <Video aria-hidden="true" /> : <Phone aria-hidden="true" />}
          <span>{kind}</span>
        </span>
      </div>
      {ring.isAnswered ? (
        <output className={styles['entering']}>
          <Spinner />
          {t('entering')}
        </output>
      ) : (
        <Choices ring={ring} rings={rings} isInCall={isInCall} />
      )}
    </section>
  );
}

interface ChoicesProps extends RingCardProps {
  readonly isInCall: boolean;
}

function Choices(props: ChoicesProps): ReactNode {
  return (
    <div className={classes(styles['choices'], props.isInCall && styles['inCall'])}>
      <Decline {...props} />
      {props.isInCall ? <AnswerInCall {...props} /> : <Answer {...props} />}
    </div>
  );
}

function Decline({ ring, rings }: ChoicesProps): ReactNode {
  const { t } = useTranslation('ring');
  const declineWith = useDeclineWith(ring, rings);
  const { group } = useRingName(ring);
  return (
    <span className={styles['no']}>
      <button
        type="button"
        className={styles['decline']}
        aria-label={t('decline')}
        data-tooltip={t('decline')}
        data-tooltip-keys={RING_KEYS.decline}
        onClick={() => void rings.decline(ring.callId)}
      >
        <PhoneOff aria-hidden="true" />
      </button>
      <Menu
        align="start"
        trigger={
          <IconButton
            label={group === undefined ? t('declineWith') : t('declineWithTo', { name: group })}
            size="s"
            hasTooltip={false}
          >
            <ChevronDown />
          </IconButton>
        }
      >
        {group !== undefined && (
          <div className={styles['readers']} aria-hidden="true">
            {t('declineGroup', { name: group })}
          </div>
        )}
        {SHORT_WORDS.map((word) => (
          <MenuItem key={word} icon={<MessageSquareReply />} onSelect={() => declineWith(t(word))}>
            {t(word)}
          </MenuItem>
        ))}
        <MenuItem icon={<PencilLine />} onSelect={() => rings.write(ring)}>
          {t('ownWords')}
        </MenuItem>
        {!ring.isSilenced && (
          <MenuItem icon={<BellOff />} onSelect={() => rings.silence(ring.callId)}>
            {t('silence')}
          </MenuItem>
        )}
      </Menu>
    </span>
  );
}

function Answer({ ring, rings }: ChoicesProps): ReactNode {
  const { t } = useTranslation('ring');
  return (
    <span className={styles['yes']}>
      {[false, true].map((hasCamera) => (
        <button
          key={String(hasCamera)}
          type="button"
          className={classes(styles['answer'], ring.isVideo === hasCamera && styles['first'])}
          aria-label={t(hasCamera ? 'answerVideo' : 'answer')}
          data-tooltip={t(hasCamera ? 'answerVideo' : 'answer')}
          data-tooltip-keys={hasCamera ? RING_KEYS.answerWithVideo : RING_KEYS.answer}
          onClick={() => void rings.answer(ring.callId, { hasCamera, how: 'leave' })}
        >
          {hasCamera ? <Video aria-hidden="true" /> : <Phone aria-hidden="true" />}
        </button>
      ))}
    </span>
  );
}

/** One is in another call: it goes on hold, or is left. The camera stays as it is. */
function AnswerInCall({ ring, rings }: ChoicesProps): ReactNode {
  const { t } = useTranslation('ring');
  const hasCamera = useLocalMedia(({ camera }) => camera.isWanted);
  const answer = (how: 'leave' | 'hold'): void => void rings.answer(ring.callId, { hasCamera, how });
  return (
    <span className={styles['yes']}>
      <Button size="s" onClick={() => answer('leave')}>
        {t('leaveAnswer')}
      </Button>
      <Button size="s" kind="primary" onClick={() => answer('hold')}>
        {t('holdAnswer')}
      </Button>
    </span>
  );
}
