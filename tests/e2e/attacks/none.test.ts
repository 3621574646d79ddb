import { attackSuite } from '../../support/attack-suite.ts';

attackSuite('none');
