import { openTestApp } from '../harness/app.ts';
import { tenantsAreKeptApart } from './tenants-behaviour.ts';

tenantsAreKeptApart(() => openTestApp());
