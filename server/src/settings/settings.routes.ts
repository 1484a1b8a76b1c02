import { settingsRoutes } from '@dialog/shared/settings';
import type { Router } from '../platform/http/router.ts';
import type { SettingsService } from './settings.service.ts';

export function serveSettings(router: Router, settings: SettingsService): void {
  router.serve(settingsRoutes.changeSettings, ({ body }, { userId }) => settings.changeSettings(userId, body));
}
