import { type ReactNode, useEffect, useState } from 'react';
import { Avatar } from '../../ui/Avatar.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Keys } from '../../ui/Keys.tsx';
import { LevelMeter } from '../../ui/LevelMeter.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { Section } from '../../ui/Section.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Gallery.module.css';

/** One for each colour. */
const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const SIZES = [26, 34, 40, 48, 64];

export function Signs(): ReactNode {
  return (
    <Section title="Avatar, Badge, Keys, LevelMeter, Skeleton, Logo">
      <div className={styles['row']}>
        {PEOPLE.map((id) => (
          <Avatar key={id} id={id} name={`${id} Lind`} />
        ))}
        <Avatar id="i" name="Tea group" isGroup />
      </div>
      <div className={styles['row']}>
        {SIZES.map((size) => (
          <Avatar key={size} id="b" name="Mira Okafor" size={size} dot="online" />
        ))}
      </div>
      <div className={styles['row']}>
        <Badge label="3 unread">3</Badge>
        <Badge>999+</Badge>
        <Badge kind="muted">12</Badge>
        <Badge kind="success">This device</Badge>
        <Keys keys="Ctrl+K" />
        <Logo size={24} />
        <Logo size={48} />
      </div>
      <div className={styles['stack']}>
        <MovingMeter />
        <LevelMeter label="Weak" level={0.2} segments={5} kind="danger" />
        <LevelMeter label="Fair" level={0.6} segments={5} kind="warning" />
        <LevelMeter label="Strong" level={1} segments={5} kind="success" />
      </div>
      <div className={styles['row']}>
        <Skeleton width="44px" height="44px" isRound />
        <Skeleton width="180px" />
        <Skeleton width="90px" height="11px" />
      </div>
    </Section>
  );
}

function MovingMeter(): ReactNode {
  const [level, setLevel] = useState(0.4);
  useEffect(() => {
    const timer = setInterval(() => setLevel(Math.random()), 200);
    return () => clearInterval(timer);
  }, []);
  return <LevelMeter label="Microphone" level={level} />;
}
