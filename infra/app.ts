import { App } from 'aws-cdk-lib';
import { readConfiguration } from './configuration.ts';
import { Firebreak } from './firebreak.ts';

const app = new App();
new Firebreak(app, { configuration: readConfiguration(app.node.tryGetContext('firebreak')) });
