import { bootstrap } from '#libs/platform';
import { apiService } from './service.ts';
import { apiSettings } from './settings.ts';

await bootstrap(apiService, apiSettings);
