import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../ui/Logo.tsx';
import styles from './AuthPage.module.css';
import { Picture } from './Picture.tsx';

interface AuthPageProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children: ReactNode;
  /** Language and theme, for who is not in yet. */
  readonly corner: ReactNode;
}

/** What all pages have that one sees while signed out. */
export function AuthPage({ title, text, children, corner }: AuthPageProps): ReactNode {
  const { t } = useTranslation('auth');
  return (
    <div className={styles['page']}>
      <aside className={styles['aside']} data-theme="dark">
        <Picture />
        <div className={styles['promise']}>
          <p className={styles['slogan']}>{t('slogan')}</p>
          <p className={styles['detail']}>{t('promise')}</p>
        </div>
      </aside>
      <main className={styles['main']}>
        <div className={styles['corner']}>{corner}</div>
        <div className={styles['card']}>
          <div className={styles['brand']}>
            <Logo size={36} />
            <span className={styles['name']}>{t('product')}</span>
          </div>
          <div className={styles['head']}>
            <h1 className={styles['title']}>{title}</h1>
            {text !== undefined && <p className={styles['text']}>{text}</p>}
          </div>
          {children}
        </div>
      </main>
    </div>
  );
}
