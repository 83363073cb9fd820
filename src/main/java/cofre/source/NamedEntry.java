package cofre.source;

import cofre.format.NodeType;
import cofre.path.RawName;
import java.util.Optional;

/**
 * One name of a directory as its listing tells it, without a look at what it names.
 *
 * @param name the name as stored
 * @param inode the number of what it names
 * @param type what it names, where the listing says
 */
public record NamedEntry(RawName name, long inode, Optional<NodeType> type) {}
