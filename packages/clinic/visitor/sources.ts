/**
 * The published sources behind the clinic's texts, numbered as they are cited: `[16]` in a text means source 16.
 *
 * Grades: A regulator, label, guideline or peer-reviewed paper; B a secondary report of such a source; C a clinic's or
 * commercial page, which shows what is practised and proves nothing. Most papers were read as abstract or opening.
 */
export type SourceGrade = 'A' | 'B' | 'C' | 'A/B';
export type SourceNumber = number;

export interface Source {
  number: SourceNumber;
  citation: string;
  grade: SourceGrade;
}

export const sources: readonly Source[] = [
  { number: 1, citation: 'Ju, J Dermatol 2020 doi:10.1111/1346-8138.15282', grade: 'A' },
  {
    number: 2,
    citation: 'Acral vitiligo, Korean J Dermatol 2020;58:20 koreamed.org RID=2501393',
    grade: 'A',
  },
  {
    number: 3,
    citation: 'Mahajan, J Dermatol 2002 doi:10.1111/j.1346-8138.2002.tb00210.x via vitiligotattoo.com',
    grade: 'B',
  },
  { number: 4, citation: 'Lip vitiligo, JPRAS 2010 doi:10.1016/j.bjps.2009.03.013', grade: 'A' },
  { number: 5, citation: 'Traquina, Dermatol Surg 2001;27:123 via tressless.com', grade: 'B' },
  { number: 6, citation: 'Aesthetic Plast Surg doi:10.1007/s00266-013-0259-1', grade: 'A' },
  { number: 7, citation: 'Park, Int J Dermatol 2019 doi:10.1111/ijd.14295', grade: 'A' },
  { number: 8, citation: 'Dhurat, J Cutan Aesthet Surg 2017 doi:10.4103/JCAS.JCAS_116_16', grade: 'A' },
  { number: 9, citation: 'Liu, J Cosmet Dermatol 2025 doi:10.1111/jocd.70375', grade: 'A' },
  { number: 10, citation: 'Nguyen, Skin Appendage Disord 2022 doi:10.1159/000524135', grade: 'A' },
  { number: 11, citation: 'ISHRS Forum 26(3):85 ishrs-htforum.org', grade: 'A' },
  { number: 12, citation: 'healthjade.com/scalp-micropigmentation (after Rassman 2015)', grade: 'B' },
  {
    number: 13,
    citation: 'Rassman chapter, plasticsurgerykey.com/permanent-scalp-micropigmentation',
    grade: 'A',
  },
  {
    number: 14,
    citation: 'Scar tattooing, Aesthetic Plast Surg 2011 doi:10.1007/s00266-011-9698-8',
    grade: 'A',
  },
  { number: 15, citation: 'Drost, JAMA Facial Plast Surg 2016 doi:10.1001/jamafacial.2016.1084', grade: 'A' },
  { number: 16, citation: 'Becker, Aesthet Surg J Open Forum 2021 doi:10.1093/asjof/ojab015', grade: 'A' },
  { number: 17, citation: 'Tomita, Medicine 2021;100:e25755', grade: 'A' },
  {
    number: 18,
    citation: 'Straetemans, NEJM 2007;356:2753 via contemporaryobgyn.net, news-medical.net',
    grade: 'B',
  },
  { number: 19, citation: 'Klügl, Dermatology 2010 doi:10.1159/000292627', grade: 'A' },
  { number: 20, citation: 'Brady, Contact Dermatitis 2015 doi:10.1111/cod.12425', grade: 'A' },
  { number: 21, citation: 'Liszewski, Dermatol Surg 2015 doi:10.1097/DSS.0000000000000500', grade: 'A' },
  { number: 22, citation: 'Spear, Ann Plast Surg 1995;35:232', grade: 'A' },
  { number: 23, citation: 'JPRAS Oct 2006, 40 patients, via consumer.healthday.com', grade: 'B' },
  { number: 24, citation: 'Arch Plast Surg 2024 doi:10.1055/a-2309-2731', grade: 'A' },
  { number: 26, citation: 'Dieckmann, Dtsch Arztebl Int 2016 doi:10.3238/arztebl.2016.0665', grade: 'A' },
  { number: 27, citation: 'Zeng, Infect Drug Resist 2025 doi:10.2147/IDR.S517138', grade: 'A' },
  { number: 28, citation: 'Clin Infect Dis cluster via marynmckenna.com', grade: 'B' },
  {
    number: 29,
    citation: 'Spurr 2022 doi:10.1177/2050313X221117720; Cureus 2026 doi:10.7759/cureus.102227',
    grade: 'A',
  },
  { number: 30, citation: 'proceedings.asdp.org ID/15047', grade: 'A' },
  { number: 31, citation: 'Yoon 2020 doi:10.3341/jkos.2020.61.2.146', grade: 'A' },
  { number: 32, citation: 'Seol, J Korean Ophthalmol Soc 2013;54:1309', grade: 'A' },
  { number: 33, citation: 'Goldberg 2018 doi:10.1016/j.ajoc.2018.09.002', grade: 'A' },
  {
    number: 34,
    citation: 'Arch Dermatol 1999;135:855; J Cosmet Med 2020 doi:10.25056/JCM.2020.4.2.89',
    grade: 'A',
  },
  {
    number: 35,
    citation: 'Indian Dermatol Online J 2020 "Tattoo for camouflage" journals.lww.com/idoj',
    grade: 'A',
  },
  { number: 36, citation: 'Parsad, IJDVL 2008;74:37 ijdvl.com', grade: 'A' },
  { number: 37, citation: 'Ezzedine 2012 doi:10.1111/j.1755-148X.2012.00997.x', grade: 'A' },
  { number: 38, citation: 'UK guideline summarised, droracle.ai/articles/658462', grade: 'B' },
  { number: 39, citation: 'Gan, Pigment Cell Melanoma Res 2017;30:28', grade: 'A' },
  { number: 40, citation: 'Brazzelli 2008 doi:10.1111/j.1600-0781.2008.00383.x', grade: 'A' },
  { number: 41, citation: 'Leow 2006 doi:10.1080/03093640500465096', grade: 'A' },
  { number: 42, citation: 'Vision Res 2024;223:108474', grade: 'A' },
  { number: 43, citation: 'pergamos.lib.uoa.gr uoadl:2990267', grade: 'A' },
  { number: 44, citation: 'PMC7889781', grade: 'A' },
  { number: 45, citation: 'Van Poucke, BMC Med Imaging 2010;10:7', grade: 'A' },
  { number: 47, citation: 'PMC10247498', grade: 'A' },
  { number: 48, citation: 'emergentmind.com ITA; public ITA code', grade: 'B' },
  { number: 49, citation: 'cavac.at Monk scale', grade: 'B' },
  { number: 50, citation: 'ilmelanoma.com Fitzpatrick', grade: 'B' },
  { number: 51, citation: 'Arch Dermatol 2006;142:1250', grade: 'A' },
  { number: 52, citation: 'biologyinsights.com, belislaser.com', grade: 'C' },
  { number: 53, citation: 'Schubert 2023 doi:10.1111/cod.14291', grade: 'A' },
  { number: 54, citation: 'Rigali, mdedge.com 269550', grade: 'B' },
  { number: 55, citation: 'Chapter doi:10.3109/9780203909065-90', grade: 'A' },
  { number: 56, citation: 'Chopra 2015 doi:10.1093/asj/sjv079', grade: 'A' },
  { number: 57, citation: 'Oltulu, Turk J Plast Surg (six regions)', grade: 'A' },
  { number: 58, citation: 'Barman 1965 via bionumbers 116431', grade: 'B' },
  { number: 59, citation: 'doi:10.20517/2347-9264.2017.52', grade: 'A' },
  { number: 60, citation: 'skincityindia.com scalp cost', grade: 'C' },
  { number: 61, citation: 'Garg, jcasonline.com forehead-curvature hairline', grade: 'A' },
  { number: 62, citation: 'Kashiyama 2021 doi:10.1097/gox.0000000000003751', grade: 'A' },
  {
    number: 63,
    citation: 'Lidocaine/prilocaine labels: druglib.com, drugcentral.org, medicines.org.uk/emc 7994, MIMS',
    grade: 'A',
  },
  {
    number: 64,
    citation: 'Lidocaine labels: pfizermedicalinformation.com, recallguide.org; droracle.ai 537887',
    grade: 'A/B',
  },
  { number: 65, citation: 'FDA 26 Mar 2024 via fox29.com', grade: 'B' },
  { number: 66, citation: 'Valaciclovir trial, Dermatol Surg 2000;26:50 PMID 10632686', grade: 'A' },
  { number: 67, citation: 'health.clevelandclinic.org lip-filler cold sore', grade: 'B' },
  { number: 68, citation: 'jebmh.com lip vitiligo review', grade: 'A' },
  { number: 69, citation: 'Waldman 2017 doi:10.1097/dss.0000000000001166', grade: 'A' },
  { number: 70, citation: 'Palamaras doi:10.1111/bjd.13362', grade: 'A' },
  { number: 71, citation: 'German S3 PMID 25819254', grade: 'A' },
  {
    number: 72,
    citation: 'Tope 2002 doi:10.1002/jmri.10049 A; Callaghan 2019 medicalresearch.com',
    grade: 'B',
  },
  { number: 73, citation: 'Explor Anim Med Res 2021, aminer.org', grade: 'A' },
  {
    number: 74,
    citation: 'Reg. (EU) 2020/2081: ekotox.eu, obelis.net, reachhelpdesk.at, reach.lu',
    grade: 'A/B',
  },
  { number: 75, citation: 'fda.gov tattoos page; 89 FR 85217', grade: 'A' },
  { number: 76, citation: 'telegraphindia.com 2025; Drugs and Cosmetics Act s.3 auditnca.com', grade: 'B' },
  { number: 77, citation: 'Rathi lecture, pediatriconcall.com', grade: 'B' },
  { number: 78, citation: 'azbpartners.com, legal500.com, ndtvprofit.com, dpdpa.com schedule4', grade: 'B' },
  { number: 79, citation: 'medicaldialogues.in 2023-08-24', grade: 'B' },
  { number: 80, citation: 'newindianexpress.com 2019-05-23', grade: 'B' },
  { number: 81, citation: 'hcitexpert.com, innohealthmagazine.com', grade: 'B' },
  { number: 82, citation: 'homeobook.com Schedule J', grade: 'B' },
  { number: 83, citation: 'moneycontrol.com 2022-06-15', grade: 'B' },
  { number: 84, citation: 'taxmanagementindia.com 441636; taxheal.com', grade: 'B' },
  { number: 85, citation: 'lexplosion.in; wbxpress.com 2017', grade: 'B' },
  { number: 86, citation: 'theindianlawyer.in; legalserviceindia.com', grade: 'B' },
  {
    number: 87,
    citation: 'Batchelor 2016 eprints.nottingham.ac.uk/46501; usdermed.com vitiqol; Basra 2015; Hongbo 2005',
    grade: 'A',
  },
  { number: 89, citation: 'Lotti, vrfoundation.org Q16', grade: 'B' },
  { number: 90, citation: 'vitiligocentreaustralia.com.au', grade: 'B' },
  { number: 91, citation: 'inkreasesmp.com, steadymicro.com', grade: 'C' },
  { number: 92, citation: 'elfredabeauty.com.au, hairylittlethings.com, nudetatu.com', grade: 'C' },
  { number: 93, citation: 'everlastinkbeauty.com, allurebrowsupplies.com', grade: 'C' },
  { number: 94, citation: 'smphaircreations.com', grade: 'C' },
  { number: 95, citation: 'hairdoctornyc.com, uppercutstattooshop.com', grade: 'C' },
  { number: 96, citation: 'pmuhub.com, fertilehope.org', grade: 'C' },
  { number: 97, citation: 'abovethepearl.com, diabetestalk.net', grade: 'C' },
  { number: 98, citation: 'firstpost.com 2015, commandoindia.wordpress.com', grade: 'B' },
  { number: 99, citation: 'freepressjournal.in 2018', grade: 'B' },
  { number: 100, citation: 'theoldish.com', grade: 'C' },
  { number: 101, citation: 'permablend.com', grade: 'C' },
  { number: 104, citation: 'microbladingnewportbeach.com', grade: 'C' },
  { number: 105, citation: 'ajemjournal.com S0735-6757(22)00384-9; droracle.ai 874954', grade: 'A/B' },
  { number: 106, citation: 'nikkibutler.co.uk', grade: 'C' },
  { number: 107, citation: 'Otley 2003 via nursingcenter.com', grade: 'B' },
  { number: 108, citation: 'dermalinknz.org; medcomhk.com 2014', grade: 'A/B' },
];

export const sourceByNumber: ReadonlyMap<SourceNumber, Source> = new Map(
  sources.map((source) => [source.number, source]),
);

/** The web address of a source that has a DOI, else nothing. */
export function doiUrl(source: Source): string | undefined {
  const doi = /doi:(\S+?)(?:[;,]|$)/.exec(source.citation)?.[1];
  return doi && `https://doi.org/${doi}`;
}
