// Follow Through in Cockpit: the environment's marking, our sign-in page, one way out.
import { frame } from '../../../../assets/webapps/frame.js';

await frame();
