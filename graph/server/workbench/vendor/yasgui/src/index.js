// What the workbench needs of YASGUI: the tabs; its editor and its results hang on them.
export { Yasgui } from '@zazuko/yasgui';
