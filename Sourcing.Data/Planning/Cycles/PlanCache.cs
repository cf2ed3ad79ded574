using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>
/// Keeps the last few plans that somebody looked at. A plan can be worked out again from what its cycle saw, so what is dropped costs time and
/// nothing else. Plans are immutable and shared by all who ask.
/// </summary>
public sealed class PlanCache
{
    /// <summary>Plans kept at most.</summary>
    public const int MostPlans = 8;

    /// <summary>Materials kept at most over all plans, save that the last plan is always kept: about a gigabyte.</summary>
    public const int MostMaterials = 120_000;

    /// <summary>Materials at most of the plans kept and one more while it is worked out from the database: a run is to take less than a gigabyte.</summary>
    public const int MostWhileRunning = 60_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<(Guid Id, PlanResult Plan)> _plans = [];
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _turns = new();

    /// <summary>Materials kept just now.</summary>
    public int Materials
    {
        get
        {
            lock (_lock)
            {
                return _plans.Sum(p => p.Plan.Counts.Materials);
            }
        }
    }

    /// <summary>The plan, worked out by the first who asks; others wait for that one.</summary>
    /// <param name="make">May fail or be cancelled: the next one tries again.</param>
    internal async Task<PlanResult> GetAsync(Guid id, Func<CancellationToken, Task<PlanResult>> make, CancellationToken ct)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        var turn = _turns.GetOrAdd(id, _ => new(1, 1));
        await turn.WaitAsync(ct);
        try
        {
            if (Find(id) is { } made)
            {
                return made;
            }

            var plan = await make(ct);
            Keep(id, plan);
            return plan;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Keeps a plan that was made elsewhere.</summary>
    internal void Keep(Guid id, PlanResult plan)
    {
        lock (_lock)
        {
            Drop(id);
            _plans.AddFirst((id, plan));
            while (_plans.Count > 1 && (_plans.Count > MostPlans || _plans.Sum(p => p.Plan.Counts.Materials) > MostMaterials))
            {
                _plans.RemoveLast();
            }
        }
    }

    /// <summary>Drops what nobody looked at for longest until there is room for one more plan, as large as the largest kept.</summary>
    internal void MakeRoom()
    {
        // Hundreds of megabytes, which the collector would let lie until as much again is taken.
        if (DropOldest())
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    // On its own, so that nothing on the stack still points to what it dropped.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool DropOldest()
    {
        lock (_lock)
        {
            var (kept, next) = (_plans.Count, _plans.Count == 0 ? 0 : _plans.Max(p => p.Plan.Counts.Materials));
            while (_plans.Count > 0 && _plans.Sum(p => p.Plan.Counts.Materials) + next > MostWhileRunning)
            {
                _plans.RemoveLast();
            }

            return _plans.Count < kept;
        }
    }

    private PlanResult? Find(Guid id)
    {
        lock (_lock)
        {
            for (var node = _plans.First; node is not null; node = node.Next)
            {
                if (node.Value.Id == id)
                {
                    _plans.Remove(node);
                    _plans.AddFirst(node);
                    return node.Value.Plan;
                }
            }

            return null;
        }
    }

    private void Drop(Guid id)
    {
        if (_plans.FirstOrDefault(p => p.Id == id) is { Plan: not null } old)
        {
            _plans.Remove(old);
        }
    }
}
