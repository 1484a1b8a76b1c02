import * as z from 'zod/mini';

// Imported before any contract: zod would otherwise try `new Function`, which the content security policy forbids.
z.config({ jitless: true });
