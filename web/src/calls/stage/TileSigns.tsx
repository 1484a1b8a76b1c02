import { Ban, Hand, MicOff, PauseCircle, TriangleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../transport/media.transport.ts';
import { useActive } from '../useCalls.ts';
import { placeOfHand } from './hands.ts';
import styles from './TileSigns.module.css';

interface OfParticipant {
  readonly participant: Participant;
}

/** How someone is doing: silent, speaking, elsewhere, hardly or no longer connected. */
export function Signs({ participant }: OfParticipant): ReactNode {
  const { t } = useTranslation('calls');
  const { name, isMuted, isSpeaking, isOnHold, isLost, isPoor, isMe, isBlocked } = participant;
  if (isLost) return <Sign icon={<WifiOff className={styles['poor']} />} text={t('lostPerson', { name })} />;
  if (isBlocked) return <Blocked name={name} />;
  return (
    <>
      {isOnHold && <Held name={name} />}
      {isMuted && <Sign icon={<MicOff className={styles['muted']} />} text={t('muted')} />}
      {isPoor && (
        <Sign
          icon={<TriangleAlert className={styles['poor']} />}
          text={isMe ? t('yourPoorLink') : t('poorLink', { name })}
        />
      )}
      {isSpeaking && <span className="visually-hidden">{t('speaking')}</span>}
    </>
  );
}

function Blocked({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation('stage');
  return <Sign icon={<Ban className={styles['muted']} />} text={t('blockedPerson', { name })} />;
}

function Held({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation('stage');
  return <Sign icon={<PauseCircle className={styles['poor']} />} text={t('onHold', { name })} />;
}

function Sign({ icon, text }: { readonly icon: ReactNode; readonly text: string }): ReactNode {
  return (
    <span className={styles['sign']} title={text}>
      {icon}
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

/** A raised hand, and the how manieth it is. */
export function HandSign({ participant: { identity, hand } }: OfParticipant): ReactNode {
  const { t } = useTranslation('stage');
  const place = useActive(({ people }) => placeOfHand(people, identity));
  if (hand === null) return null;
  return (
    <span className={styles['hand']} title={t('handUp', { place })}>
      <Hand aria-hidden="true" />
      <span aria-hidden="true">{place}</span>
      <span className="visually-hidden">{t('handUp', { place })}</span>
    </span>
  );
}
