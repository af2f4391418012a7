import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mtextLines, plainText } from './dxf/mtext.ts';
import { bareLayer, layerRole } from './layers.ts';
import { typeFromName } from './names.ts';
import { parseArea, parseLength, parseLoose, parseScaleRatio } from './quantities.ts';

describe('lengths on drawings', () => {
  it('are read in the forms drawings use', () => {
    expect(parseLength(`12'-6 1/2"`)).toBeCloseTo(12 + 6.5 / 12);
    expect(parseLength(`3'-1"`)).toBeCloseTo(3 + 1 / 12);
    expect(parseLength('16’-0”')).toBe(16);
    expect(parseLength(`8'`)).toBe(8);
    expect(parseLength('30"')).toBe(2.5);
    expect(parseLength('1/2"')).toBeCloseTo(1 / 24);
    expect(parseLength('3600 mm')).toBeCloseTo(11.811, 3);
    expect(parseLength('3,60 m')).toBeCloseTo(11.811, 3);
    expect(parseLength('CORRIDOR')).toBeNull();
    expect(parseLength('101')).toBeNull();
    expect(parseLoose('12 ft 6 in')).toBe(12.5);
    expect(parseLoose('1 foot')).toBe(1);
  });

  it('survive printing in feet and inches', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 11 }), (feet, inches) => {
        expect(parseLength(`${feet}'-${inches}"`)).toBeCloseTo(feet + inches / 12);
      }),
    );
  });

  it('give scale ratios and areas', () => {
    expect(parseScaleRatio(`1/8" = 1'-0"`)).toBeCloseTo(96);
    expect(parseScaleRatio('1/8 in = 1 ft')).toBeCloseTo(96);
    expect(parseScaleRatio(`SCALE: 1/4" = 1'-0"`)).toBeCloseTo(48);
    expect(parseScaleRatio('1:100')).toBe(100);
    expect(parseScaleRatio('no scale')).toBeNull();
    expect(parseArea('1,250 SF')).toBe(1250);
    expect(parseArea('150 sq. ft.')).toBe(150);
    expect(parseArea('14.2 m²')).toBeCloseTo(152.85, 1);
    expect(parseArea('150')).toBeNull();
  });
});

describe('texts and names', () => {
  it('lose their formatting codes', () => {
    expect(mtextLines('{\\fArial|b0;OPEN\\POFFICE} \\H0.5x;101')).toEqual(['OPEN', 'OFFICE 101']);
    expect(mtextLines('\\A1;3\'-1 \\S1#2;"')).toEqual([`3'-1 1/2"`]);
    expect(plainText('90%%d \\U+00B1')).toBe('90° ±');
  });

  it('tell what a room is', () => {
    expect(typeFromName('MENS RR')?.type).toBe('restroom');
    expect(typeFromName('ELEV EQ RM')?.type).toBe('mechanical');
    expect(typeFromName('Open Office')?.type).toBe('open_office');
    expect(typeFromName('S-1 CONFERENCE RM')?.type).toBe('meeting_room');
    expect(typeFromName('Besprechung')?.type).toBe('meeting_room');
    expect(typeFromName('ZQX')).toBeNull();
  });

  it('of layers say what they hold, in any convention', () => {
    const roles = [
      'A-WALL',
      'plan$0$A-WALL-FULL',
      'base|A-DOOR',
      'A-AREA-IDEN',
      'A-DOOR-IDEN',
      'A-WALL-PATT',
      'Innenwand',
      'TUEREN',
      'S-GRID',
      'I-FURN',
      'Layer1',
      'S-STEM-WALL',
      'MUROS',
      'A-WALL-PRHT',
    ];
    expect(roles.map(layerRole)).toEqual([
      'wall',
      'wall',
      'door',
      'label',
      'annotation',
      'hatch',
      'wall',
      'door',
      'grid',
      'furniture',
      'unknown',
      'ignored',
      'wall',
      'furniture',
    ]);
    expect(bareLayer('x$0$A-WALL')).toBe('A-WALL');
  });
});
