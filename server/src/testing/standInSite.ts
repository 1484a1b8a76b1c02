import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { startLoopbackSite, type LoopbackSite } from './loopbackSite.ts';

/**
 * A site worth a preview. `/page/<title>` describes itself and has a picture; `/slow/<title>` does so after `slowMs`;
 * `/to/<address>` leads there; anything else is an error.
 */
export async function startStandInSite({ slowMs = 1_000 } = {}): Promise<LoopbackSite> {
  const picture = await sharp({ create: { width: 1_200, height: 630, channels: 3, background: '#2a6f97' } })
    .jpeg()
    .toBuffer();
  return startLoopbackSite(async (request, response) => {
    const [, kind, rest = ''] = /^\/(\w+)\/?(.*)$/.exec(decodeURIComponent(request.url ?? '')) ?? [];
    if (kind === 'slow') await sleep(slowMs);
    if (kind === 'page' || kind === 'slow') describe(response, rest);
    else if (kind === 'picture') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
    else if (kind === 'to') response.writeHead(302, { location: rest }).end();
    else response.writeHead(500).end();
  });
}

function describe(response: ServerResponse, title: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
    `<!doctype html><head><title>${title}</title><meta property="og:site_name" content="The Paper">
     <meta property="og:description" content="All about ${title}."><meta property="og:image" content="/picture"></head>`,
  );
}
