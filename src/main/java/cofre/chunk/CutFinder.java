package cofre.chunk;

/**
 * Finds the first place where content would be cut, knowing nothing of chunks and their limits. Possible because from
 * the shortest chunk length on, the digest depends on the last {@link Chunker#WINDOW} bytes only. One finder belongs
 * to one thread at a time.
 */
public interface CutFinder {
    /**
     * Searches the positions {@code first..last}, both included, in rising order. Position p stands for the cut
     * between {@code buf[p-1]} and {@code buf[p]}, and is judged by {@code buf[p-WINDOW..p-1]} alone.
     *
     * @param first at least {@link Chunker#WINDOW}
     * @param last at most {@code buf.length}; below {@code first} means that there is nothing to search
     * @return the first position that is a cut, or -1
     */
    int firstCut(byte[] buf, int first, int last);
}
