// Every entry, and every type that a signature of the public API mentions.
import * as usermedia from "node-usermedia";
import * as backend from "node-usermedia/backend";
import * as dom from "node-usermedia/dom";
import * as permissions from "node-usermedia/permissions";
import * as testing from "node-usermedia/testing";
import * as webAudio from "node-usermedia/web-audio";

export { backend, dom, permissions, testing, usermedia, webAudio };
