import * as z from 'zod/mini';
import { defineRoutes } from './contract/routes.ts';

export const aboutRoutes = defineRoutes({
  getAbout: {
    summary: 'What this server is, before anyone signs in.',
    method: 'GET',
    path: '/about',
    access: 'public',
    carriers: 'http',
    limits: ['readPublic'],
    reply: z.object({
      version: z.string(),
      protocol: z.int(),
      /** Where the same app is served with TLS, when this address is plain HTTP. */
      tlsPort: z.nullable(z.int()),
      /** Whether GIFs can be searched here. */
      hasGifs: z.boolean(),
      /** Whether voice notes are made playable for every browser, and films get a still (by a system ffmpeg). */
      hasFfmpeg: z.boolean(),
      /** Whether mails go out. Where not, they wait with the operator. */
      hasMail: z.boolean(),
    }),
    errors: [],
  },
});
