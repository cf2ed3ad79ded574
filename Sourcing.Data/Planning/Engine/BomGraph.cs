namespace Sourcing.Data.Planning.Engine;

/// <summary>
/// Bills of materials as arrays: lines of each component by parent, low-level codes, and what cannot be planned because it is made of itself.
/// </summary>
internal sealed class BomGraph
{
    /// <summary>Cycles told of in one knot of materials; more would only repeat it.</summary>
    private const int PathsPerKnot = 20;

    public required int[] Parent { get; init; }

    public required int[] Component { get; init; }

    /// <summary>Component units per unit of the parent that is started.</summary>
    public required decimal[] Factor { get; init; }

    public required int[] FromDay { get; init; }

    public required int[] ToDay { get; init; }

    /// <summary>Lines of a component: <see cref="ByComponent"/> from one start to the next.</summary>
    public required int[] ComponentStart { get; init; }

    public required int[] ByComponent { get; init; }

    /// <summary>Lines of a parent: from one start to the next, as the lines are sorted by parent.</summary>
    public required int[] ParentStart { get; init; }

    /// <summary>Low-level code; -1 for what is skipped.</summary>
    public int[] Level { get; private set; } = [];

    public int Levels { get; private set; }

    public int LineCount => Parent.Length;

    public static BomGraph Of(IReadOnlyList<BomEdge> edges, int materials)
    {
        var sorted = edges.ToArray();
        Array.Sort(sorted, static (a, b) => a.Parent != b.Parent ? a.Parent.CompareTo(b.Parent)
            : a.Component != b.Component ? a.Component.CompareTo(b.Component) : a.FromDay.CompareTo(b.FromDay));
        var (parentStart, componentStart) = (new int[materials + 1], new int[materials + 1]);
        foreach (var edge in sorted)
        {
            parentStart[edge.Parent + 1]++;
            componentStart[edge.Component + 1]++;
        }

        for (var m = 0; m < materials; m++)
        {
            parentStart[m + 1] += parentStart[m];
            componentStart[m + 1] += componentStart[m];
        }

        var next = componentStart.AsSpan(0, materials).ToArray();
        var byComponent = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            byComponent[next[sorted[i].Component]++] = i;
        }

        return new()
        {
            Parent = Array.ConvertAll(sorted, static e => e.Parent),
            Component = Array.ConvertAll(sorted, static e => e.Component),
            Factor = Array.ConvertAll(sorted, static e => e.Factor),
            FromDay = Array.ConvertAll(sorted, static e => e.FromDay),
            ToDay = Array.ConvertAll(sorted, static e => e.ToDay),
            ParentStart = parentStart,
            ComponentStart = componentStart,
            ByComponent = byComponent,
        };
    }

    /// <summary>
    /// Kahn's order gives low-level codes. What remains lies in cycles or below them; cycles come back as paths, and their materials, with those
    /// that only they need, get the level -1.
    /// </summary>
    /// <param name="hasOwnNeed">Whether a material has demand besides its parents'.</param>
    public BomFaults Rank(Func<int, bool> hasOwnNeed)
    {
        var count = ParentStart.Length - 1;
        var faults = new BomFaults();
        if (!Kahn(count, skipped: null))
        {
            var skipped = new bool[count];
            foreach (var knot in Knots(count))
            {
                faults.Cycles.AddRange(Paths(knot));
                foreach (var m in knot)
                {
                    skipped[m] = true;
                    faults.InCycle.Add(m);
                }
            }

            SkipBelow(skipped, faults, hasOwnNeed);
            Kahn(count, skipped);
        }

        return faults;
    }

    private bool Kahn(int count, bool[]? skipped)
    {
        Level = new int[count];
        Levels = 0;
        var waiting = Waiting(count, skipped);
        var queue = new int[count];
        var (head, tail) = (0, 0);
        for (var m = 0; m < count; m++)
        {
            Level[m] = skipped?[m] == true ? -1 : 0;
            if (waiting[m] == 0 && Level[m] == 0)
            {
                queue[tail++] = m;
            }
        }

        while (head < tail)
        {
            var m = queue[head++];
            Levels = Math.Max(Levels, Level[m] + 1);
            for (var i = ParentStart[m]; i < ParentStart[m + 1]; i++)
            {
                var c = Component[i];
                if (Level[c] >= 0)
                {
                    Level[c] = Math.Max(Level[c], Level[m] + 1);
                    if (--waiting[c] == 0)
                    {
                        queue[tail++] = c;
                    }
                }
            }
        }

        return skipped is not null || tail == count;
    }

    /// <summary>Lines from parents that are not skipped, by component.</summary>
    private int[] Waiting(int count, bool[]? skipped)
    {
        var waiting = new int[count];
        for (var i = 0; i < LineCount; i++)
        {
            waiting[Component[i]] += skipped?[Parent[i]] == true ? 0 : 1;
        }

        return waiting;
    }

    /// <summary>Passes from skipped parents to components that nobody else needs.</summary>
    private void SkipBelow(bool[] skipped, BomFaults faults, Func<int, bool> hasOwnNeed)
    {
        var queue = new Queue<int>(faults.InCycle.Order());
        while (queue.TryDequeue(out var m))
        {
            for (var i = ParentStart[m]; i < ParentStart[m + 1]; i++)
            {
                var c = Component[i];
                if (skipped[c])
                {
                    continue;
                }

                var alone = !hasOwnNeed(c);
                for (var j = ComponentStart[c]; alone && j < ComponentStart[c + 1]; j++)
                {
                    alone = skipped[Parent[ByComponent[j]]];
                }

                if (alone)
                {
                    skipped[c] = true;
                    faults.Below.Add(c);
                    faults.Incomplete.Remove(c);
                    queue.Enqueue(c);
                }
                else
                {
                    faults.Incomplete.Add(c);
                }
            }
        }
    }

    /// <summary>Strongly connected materials of more than one, or made of themselves (Tarjan, without recursion).</summary>
    private List<int[]> Knots(int count)
    {
        var search = new KnotSearch(count);
        for (var root = 0; root < count; root++)
        {
            if (search.Index[root] == 0)
            {
                search.Path.Push(root);
                From(search);
            }
        }

        return search.Knots;
    }

    /// <summary>Walks on from the end of the path until it is empty.</summary>
    private void From(KnotSearch search)
    {
        while (search.Path.TryPeek(out var m))
        {
            if (search.Index[m] == 0)
            {
                search.Enter(m, ParentStart[m]);
            }

            if (search.Next[m] < ParentStart[m + 1])
            {
                search.Look(m, Component[search.Next[m]++]);
                continue;
            }

            search.Path.Pop();
            if (search.Path.TryPeek(out var above))
            {
                search.Low[above] = Math.Min(search.Low[above], search.Low[m]);
            }

            if (search.Low[m] == search.Index[m] && search.Take(m) is var knot && (knot.Length > 1 || Component.AsSpan(ParentStart[m]..ParentStart[m + 1]).Contains(m)))
            {
                search.Knots.Add(knot);
            }
        }
    }

    /// <summary>For every line inside the knot the shortest way back, each cycle once, starting with its first material.</summary>
    private List<int[]> Paths(int[] knot)
    {
        var inside = knot.ToHashSet();
        var (paths, seen) = (new List<int[]>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var from in knot)
        {
            for (var i = ParentStart[from]; i < ParentStart[from + 1] && paths.Count < PathsPerKnot; i++)
            {
                if (inside.Contains(Component[i]) && WayBack(Component[i], from, inside) is { } way)
                {
                    var start = Array.IndexOf(way, way.Min());
                    int[] cycle = [.. way[start..], .. way[..start]];
                    if (seen.Add(string.Join(',', cycle)))
                    {
                        paths.Add(cycle);
                    }
                }
            }
        }

        return paths;
    }

    private int[]? WayBack(int from, int to, HashSet<int> inside)
    {
        var before = new Dictionary<int, int> { [from] = -1 };
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out var m))
        {
            if (m == to)
            {
                var way = new List<int>();
                for (var at = m; at >= 0; at = before[at])
                {
                    way.Insert(0, at);
                }

                return [.. way];
            }

            for (var i = ParentStart[m]; i < ParentStart[m + 1]; i++)
            {
                if (inside.Contains(Component[i]) && before.TryAdd(Component[i], m))
                {
                    queue.Enqueue(Component[i]);
                }
            }
        }

        return null;
    }
}

/// <summary>How far Tarjan's search is.</summary>
internal sealed class KnotSearch(int count)
{
    private readonly bool[] _onStack = new bool[count];
    private readonly Stack<int> _stack = new();
    private int _counter;

    /// <summary>In the order in which they were met, from 1; 0 for those that were not.</summary>
    public int[] Index { get; } = new int[count];

    /// <summary>The earliest on the stack that can be reached.</summary>
    public int[] Low { get; } = new int[count];

    /// <summary>The next line to look at.</summary>
    public int[] Next { get; } = new int[count];

    public Stack<int> Path { get; } = new();

    public List<int[]> Knots { get; } = [];

    public void Enter(int m, int firstLine)
    {
        Index[m] = Low[m] = ++_counter;
        Next[m] = firstLine;
        _stack.Push(m);
        _onStack[m] = true;
    }

    public void Look(int m, int component)
    {
        if (Index[component] == 0)
        {
            Path.Push(component);
        }
        else if (_onStack[component])
        {
            Low[m] = Math.Min(Low[m], Index[component]);
        }
    }

    /// <summary>What hangs together from a material on, in the order of places.</summary>
    public int[] Take(int root)
    {
        var knot = new List<int>();
        int m;
        do
        {
            m = _stack.Pop();
            _onStack[m] = false;
            knot.Add(m);
        }
        while (m != root);
        return [.. knot.Order()];
    }
}

/// <summary>A line that can be reckoned with.</summary>
internal readonly record struct BomEdge(int Parent, int Component, decimal Factor, int FromDay, int ToDay);

/// <summary>What Kahn's order could not take.</summary>
internal sealed class BomFaults
{
    /// <summary>Each from its first material through its components back to itself (not repeated).</summary>
    public List<int[]> Cycles { get; } = [];

    public SortedSet<int> InCycle { get; } = [];

    /// <summary>Skipped because only skipped materials need them.</summary>
    public SortedSet<int> Below { get; } = [];

    /// <summary>Planned, but the need of a skipped parent is missing.</summary>
    public SortedSet<int> Incomplete { get; } = [];
}
