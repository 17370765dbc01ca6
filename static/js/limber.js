// What every page needs: the few lines of behaviour that HTML and CSS cannot do alone.
import "./time-zone.js";
import "./finish.js";
import "./moving-figure.js";
import "./filters.js";
import "./sheet.js";
import "./token.js";
import "./outbox.js";
import "./trouble.js";
import "./offline.js";
