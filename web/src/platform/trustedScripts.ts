interface ScriptPolicy {
  createScriptURL(url: string): string;
}

/** The service worker, and workers of this build: files with a hash in their name, of our own origin. */
const OURS = /^\/(?:sw\.js|assets\/[\w.-]+\.worker-[\w-]+\.js)$/;

/** The page's one Trusted Types policy: it lets through what runs beside the page, and nothing else. */
const policy: ScriptPolicy = createPolicy({
  createScriptURL(url) {
    // In development, workers are served unbuilt.
    if (OURS.test(url) || import.meta.env.DEV) return url;
    throw new TypeError(`no script of ours: ${url}`);
  },
});

export function trustedScript(url: string): string {
  return policy.createScriptURL(url);
}

function createPolicy(rules: ScriptPolicy): ScriptPolicy {
  if (!('trustedTypes' in globalThis)) return rules;
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy };
  };
  return trustedTypes.createPolicy('dialog', rules);
}
