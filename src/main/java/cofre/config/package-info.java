/**
 * The configuration file as values.
 *
 * <p>Words: a <em>repository</em> is a place restore points go to; a <em>share</em> is what is protected, and names its
 * repository. A <em>fault</em> is one thing wrong with the file: where, what is there, what was expected. The <em>farm</em>
 * of a share is the directory Samba reads Previous Versions from.
 *
 * <p>Lives here: {@link cofre.config.ConfigReader}, which turns text into a {@link cofre.config.CofreConfig} or into the
 * list of <em>all</em> its faults and does no I/O; {@link cofre.config.ConfigFiles}, which looks at the files the
 * configuration names; the records both speak of. Secrets are paths of files, never values, but for credentials written
 * into a URL, which are a {@link cofre.config.Secret} from the first moment.
 *
 * <p>May use: path, retention (policies), schedule (when things are done by themselves), Jackson (TOML).
 *
 * <p>Must not: open a repository, run a program, or be asked again after start: what it gives is immutable.
 */
package cofre.config;
