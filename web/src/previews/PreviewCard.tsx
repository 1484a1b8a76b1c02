import type { Preview } from '@dialog/shared/previews.values';
import { type ReactNode, useState } from 'react';
import { thumbHashToDataURL } from 'thumbhash';
import { urlOf } from '../platform/apiUrl.ts';
import { classes } from '../ui/classes.ts';
import styles from './PreviewCard.module.css';
import { shapeOf } from './shapeOf.ts';

type Picture = NonNullable<Preview['picture']>;

/** What a link leads to, as the page itself says. Its host is shown besides: the page may call itself anything. */
export function PreviewCard({ preview }: { readonly preview: Preview }): ReactNode {
  const { url, siteName, title, text, picture } = preview;
  const host = URL.parse(url)?.host.replace(/^www\./, '') ?? '';
  const shape = picture ? shapeOf(picture) : 'none';
  return (
    <a className={classes(styles['card'], styles[shape])} href={url} target="_blank" rel="noopener noreferrer">
      {picture && <PagePicture picture={picture} />}
      <span className={styles['words']}>
        <span className={styles['site']}>
          {siteName !== undefined && siteName.toLowerCase() !== host && (
            <bdi className={styles['name']}>{siteName}</bdi>
          )}
          <bdi className={styles['host']}>{host}</bdi>
        </span>
        {title !== undefined && (
          <span className={styles['title']} dir="auto">
            {title}
          </span>
        )}
        {text !== undefined && (
          <span className={styles['text']} dir="auto">
            {text}
          </span>
        )}
      </span>
    </a>
  );
}

/** Its room is there before it is, and a blur in it; without a network the blur is what stays. */
function PagePicture({ picture: { id, width, height, thumbHash } }: { readonly picture: Picture }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  return (
    <span
      className={styles['picture']}
      style={{ aspectRatio: `${width} / ${height}`, backgroundImage: blurOf(thumbHash) }}
    >
      {!isBroken && (
        <img
          src={urlOf('/previews/:pictureId', { pictureId: id })}
          width={width}
          height={height}
          alt=""
          decoding="async"
          onError={() => setBroken(true)}
        />
      )}
    </span>
  );
}

function blurOf(thumbHash: string | undefined): string | undefined {
  if (thumbHash === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(thumbHash), (sign) => sign.charCodeAt(0));
    return `url(${thumbHashToDataURL(bytes)})`;
  } catch {
    return undefined;
  }
}
