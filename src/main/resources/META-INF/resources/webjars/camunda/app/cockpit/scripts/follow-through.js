// Follow Through in Cockpit: the environment's marking, our sign-in page, one way out; and the page about models.
import { frame } from '../../../../assets/webapps/frame.js';
import { followModelersLink, modelsLink, modelsPage } from './models.js';

await frame();
followModelersLink();

export default [modelsLink, modelsPage];
