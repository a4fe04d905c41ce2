/** Postal codes of states and provinces, by the letters of their names without case, accents, spaces and punctuation. */
import { lazily } from '../../schema/lazy/lazily.ts';

const us =
  'alabama al,alaska ak,arizona az,arkansas ar,california ca,colorado co,connecticut ct,delaware de,florida fl,georgia ga,' +
  'hawaii hi,idaho id,illinois il,indiana in,iowa ia,kansas ks,kentucky ky,louisiana la,maine me,maryland md,' +
  'massachusetts ma,michigan mi,minnesota mn,mississippi ms,missouri mo,montana mt,nebraska ne,nevada nv,' +
  'newhampshire nh,newjersey nj,newmexico nm,newyork ny,newyorkstate ny,northcarolina nc,northdakota nd,ohio oh,oklahoma ok,' +
  'oregon or,pennsylvania pa,rhodeisland ri,southcarolina sc,southdakota sd,tennessee tn,texas tx,utah ut,vermont vt,' +
  'virginia va,washington wa,washingtonstate wa,westvirginia wv,wisconsin wi,wyoming wy,districtofcolumbia dc,washingtondc dc,' +
  'puertorico pr,guam gu,americansamoa as,northernmarianaislands mp,usvirginislands vi,virginislands vi,' +
  'armedforcesamericas aa,armedforceseurope ae,armedforcespacific ap';
const canada =
  'alberta ab,britishcolumbia bc,colombiebritannique bc,manitoba mb,newbrunswick nb,nouveaubrunswick nb,' +
  'newfoundlandandlabrador nl,newfoundland nl,terreneuveetlabrador nl,northwestterritories nt,territoiresdunordouest nt,' +
  'novascotia ns,nouvelleecosse ns,nunavut nu,ontario on,princeedwardisland pe,ileduprinceedouard pe,quebec qc,' +
  'saskatchewan sk,yukon yt,yukonterritory yt';
const australia =
  'newsouthwales nsw,victoria vic,queensland qld,southaustralia sa,westernaustralia wa,tasmania tas,' +
  'australiancapitalterritory act,northernterritory nt';
const germany =
  'badenwurttemberg bw,badenwuerttemberg bw,bayern by,bavaria by,berlin be,brandenburg bb,bremen hb,hamburg hh,hessen he,' +
  'hesse he,mecklenburgvorpommern mv,mecklenburgwesternpomerania mv,niedersachsen ni,lowersaxony ni,nordrheinwestfalen nw,' +
  'northrhinewestphalia nw,nrw nw,rheinlandpfalz rp,rhinelandpalatinate rp,saarland sl,sachsen sn,saxony sn,sachsenanhalt st,' +
  'saxonyanhalt st,schleswigholstein sh,thuringen th,thueringen th,thuringia th';
const brazil =
  'acre ac,alagoas al,amapa ap,amazonas am,bahia ba,ceara ce,distritofederal df,espiritosanto es,goias go,maranhao ma,' +
  'matogrosso mt,matogrossodosul ms,minasgerais mg,para pa,paraiba pb,parana pr,pernambuco pe,piaui pi,riodejaneiro rj,' +
  'riograndedonorte rn,riograndedosul rs,rondonia ro,roraima rr,santacatarina sc,saopaulo sp,sergipe se,tocantins to';
const india =
  'andhrapradesh ap,arunachalpradesh ar,assam as,bihar br,chhattisgarh cg,goa ga,gujarat gj,haryana hr,himachalpradesh hp,' +
  'jharkhand jh,karnataka ka,kerala kl,madhyapradesh mp,maharashtra mh,manipur mn,meghalaya ml,mizoram mz,nagaland nl,' +
  'odisha od,orissa od,punjab pb,rajasthan rj,sikkim sk,tamilnadu tn,telangana tg,tripura tr,uttarpradesh up,' +
  'uttarakhand uk,westbengal wb,delhi dl,newdelhi dl,chandigarh ch,puducherry py,jammuandkashmir jk,ladakh la';

/** The states of these countries have codes that their people use in addresses; elsewhere the name stays a name. */
const tables: ReadonlyMap<string, () => ReadonlyMap<string, string>> = new Map([
  ['US', toTable(us)],
  ['CA', toTable(canada)],
  ['AU', toTable(australia)],
  ['DE', toTable(germany)],
  ['BR', toTable(brazil)],
  ['IN', toTable(india)],
]);

/**
 * @param country ISO 3166-1 alpha-2 in upper case
 * @returns the code of a state in lower case; undefined for any other name and in any other country
 */
export const stateCode = (country: string, name: string): string | undefined =>
  tables.get(country)?.().get(name);

function toTable(pairs: string): () => ReadonlyMap<string, string> {
  return lazily(() => {
    const entries = pairs.split(',').map((pair) => pair.split(' '));
    return new Map(entries.map(([name = '', code = '']) => [name, code]));
  });
}
