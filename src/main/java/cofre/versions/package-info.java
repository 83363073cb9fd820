/**
 * Which restore points users are shown as previous versions, and that they are shown.
 *
 * <p>Words: a <em>point</em> here is a restore point that shows a share; it is <em>local</em> while a ZFS snapshot of its moment is
 * there, else <em>remote</em>. It is <em>ready</em> when all directories of it are on local disk. What is shown together is
 * the share's <em>time line</em>. The <em>shelf</em> is where remote points can be looked at.
 *
 * <p>Lives here: {@link cofre.versions.PointChoice}, which says what belongs to a share; {@link cofre.versions.TimeLine}, local and
 * remote points as one; {@link cofre.versions.VersionService}, which keeps all shares' time lines true.
 *
 * <p>May use: browse, format, path, previous, progress, repository, state, storage, SLF4J.
 *
 * <p>Must not: show a point at another time than its own; show what is not ready; wait for a store while somebody looks.
 */
package cofre.versions;
