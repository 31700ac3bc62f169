// The desk's behaviour, over pages that work without it.
import { startClock } from "./clock.js";
import { startDialogs } from "./dialogs.js";
import { startInbox } from "./inbox.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startSmallThings } from "./small.js";
import { startTrouble } from "./trouble.js";
import { startVeils } from "./veil.js";

startDialogs();
startInbox();
startKeys();
startClock();
startLive();
startSmallThings();
startTrouble();
startVeils();
