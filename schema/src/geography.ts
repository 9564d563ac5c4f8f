import { readFileSync } from 'node:fs';
import { schemaFile } from './files.js';

/** A district (区), or one of the two functional areas that have no division code of their own. */
export interface District {
  /** The six-digit code, or `dapeng` / `shenshan`. */
  id: string;
  code: string | null;
  name: string;
  /** Division-code prefixes that cover exactly this district's communities. */
  prefixes: string[];
}

export interface Street {
  /** Nine digits. */
  code: string;
  name: string;
  districtId: string;
}

/** A residents' or villagers' committee: the unit everything hangs on. */
export interface CommunityRecord {
  /** Twelve digits, 统计用区划代码. */
  code: string;
  /** The community (社区) or village (村) name; several committees may share one. */
  name: string;
  /** The committee's name as published. */
  committee: string;
  kind: 'RESIDENTS_COMMITTEE' | 'VILLAGERS_COMMITTEE';
}

export interface Geography {
  source: { publisher: string; asOf: string; package: string; version: string; licence: string; extraction: string };
  city: { code: string; name: string };
  districts: District[];
  streets: Street[];
  communities: CommunityRecord[];
}

/** Shenzhen's divisions: 11 districts, 78 streets, 822 communities, in code order. Source written in the file. */
export const geography = JSON.parse(readFileSync(schemaFile('data/geography.json'), 'utf8')) as Geography;
