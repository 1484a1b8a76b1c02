import { Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { Section } from '../../ui/Section.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Gallery.module.css';

const OPTIONS = [
  { value: 'a', label: 'Built-in microphone' },
  { value: 'b', label: 'A headset with a name that is longer than there is room for' },
] as const;

export function Fields(): ReactNode {
  const [text, setText] = useState('');
  const [option, setOption] = useState<'a' | 'b'>('a');
  const [isOn, setOn] = useState(true);
  return (
    <Section title="TextField, PasswordField, Select, Switch">
      <div className={styles['grid']}>
        <TextField label="Empty" value={text} onChange={setText} placeholder="Placeholder" />
        <TextField label="With a hint" hint="What belongs here." value="Mira" onChange={setText} />
        <TextField label="Wrong" error="This name is taken. Try another one." value="mira" onChange={setText} />
        <TextField label="Disabled" value="mira" onChange={setText} disabled />
        <TextField
          label="Search"
          isLabelHidden
          lead={<Search />}
          placeholder="Search"
          value={text}
          onChange={setText}
        />
        <PasswordField label="Password" autoComplete="new-password" value={text} onChange={setText} />
        <Select label="Microphone" value={option} options={OPTIONS} onChange={setOption} />
        <Select label="Disabled" value={option} options={OPTIONS} onChange={setOption} isDisabled />
      </div>
      <div>
        <Switch label="Switch" hint="What it does." isOn={isOn} onChange={setOn} />
        <Switch label="Off" isOn={!isOn} onChange={(next) => setOn(!next)} />
        <Switch label="Disabled" isOn isDisabled onChange={setOn} />
      </div>
    </Section>
  );
}
