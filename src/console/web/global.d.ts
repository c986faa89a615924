/** CSS modules: the names are checked by eye and by the build, the values are strings. */
declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
