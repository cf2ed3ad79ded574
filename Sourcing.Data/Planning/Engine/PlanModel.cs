using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Rows of the input by material: those of material m from Start[m] to Start[m + 1].</summary>
internal sealed record Grouped<T>(T[] Rows, int[] Start)
{
    public ReadOnlySpan<T> Of(int material) => Rows.AsSpan(Start[material]..Start[material + 1]);
}

/// <summary>The input as a run works on it: places for keys, days for dates, arrays for lists.</summary>
internal sealed class PlanModel
{
    private PlanModel(PlanInput input)
    {
        Input = input;
        Issues = [.. input.Issues];
        Materials = [.. input.Materials];
        Places = new(Materials.Length);
        Settings = input.Settings;
        Today = input.AsOf.DayNumber;
        Calendar = new(input.AsOf, Settings.Bucket, Settings.BucketCount,
            Settings.WorkingDayLeadTimes ? LeadTimeDays.Working : LeadTimeDays.Calendar, [.. Settings.Holidays]);
        _origin = Calendar.Start(0).DayNumber;
        NeedDay = new int[Calendar.Count];
        for (var b = 0; b < NeedDay.Length; b++)
        {
            NeedDay[b] = Calendar.NeedDate(b).DayNumber;
        }
    }

    private readonly int _origin;

    public PlanInput Input { get; }

    public PlanSettings Settings { get; }

    public PlanCalendar Calendar { get; }

    public int Today { get; }

    /// <summary>The last day whose orders are proposed.</summary>
    public int LastRelease => Today + Settings.ReleaseWindowDays;

    /// <summary>First day of each bucket, today at the earliest.</summary>
    public int[] NeedDay { get; }

    public int Buckets => NeedDay.Length;

    public PlanMaterial[] Materials { get; }

    public Dictionary<Guid, int> Places { get; }

    public BomGraph Bom { get; private set; } = null!;

    /// <summary>Materials of which shares or lines are wrong, and their components: their needs are doubtful.</summary>
    public bool[] BomDoubtful { get; private set; } = [];

    public Grouped<PlanOffer> Offers { get; private set; } = null!;

    public Grouped<PlanReceipt> Receipts { get; private set; } = null!;

    public Grouped<PlanReservation> Reservations { get; private set; } = null!;

    public Grouped<PlanForecast> Forecasts { get; private set; } = null!;

    public Grouped<PlanFirmOrder> FirmOrders { get; private set; } = null!;

    /// <summary>Open production whose components are still to be taken.</summary>
    public bool[] HasOpenProduction { get; private set; } = [];

    public MaterialState[] States { get; private set; } = [];

    public List<PlanIssue> Issues { get; }

    public List<PlanMessage> Messages { get; } = [];

    public int Skipped { get; private set; }

    /// <summary>Materials by level.</summary>
    public int[][] ByLevel { get; private set; } = [];

    public static PlanModel Of(PlanInput canonical)
    {
        var model = new PlanModel(canonical);
        model.Place();
        model.Group();
        model.ReadBoms();
        model.States = new MaterialState[model.Materials.Length];
        for (var m = 0; m < model.States.Length; m++)
        {
            model.States[m] = new();
        }

        return model;
    }

    /// <summary>The bucket of a day; the past counts into the first.</summary>
    public int BucketOf(int day) => Math.Clamp((day - _origin) / Calendar.DaysPerBucket, 0, NeedDay.Length - 1);

    /// <summary>The first bucket in which anything new of a material may arrive.</summary>
    public int FenceBucket(PlanMaterial material) => FenceDays(material) is > 0 and var days ? BucketOf(Today + days) : 0;

    /// <summary>The day a planned order of the bucket arrives. The first bucket after the fence may begin before the fence ends.</summary>
    public int PlanDay(PlanMaterial material, int bucket) => Math.Max(NeedDay[bucket], Today + FenceDays(material));

    private int FenceDays(PlanMaterial material) => material.FrozenFenceDays ?? Settings.FrozenFenceDays;

    public bool HasOwnNeed(int m) => Forecasts.Start[m] < Forecasts.Start[m + 1] || FirmOrders.Start[m] < FirmOrders.Start[m + 1]
        || Reservations.Start[m] < Reservations.Start[m + 1];

    private void Place()
    {
        for (var m = 0; m < Materials.Length; m++)
        {
            if (!Places.TryAdd(Materials[m].Id, m))
            {
                throw new ArgumentException($"The material {Materials[m].Number} is given twice.");
            }
        }
    }

    private void Group()
    {
        Offers = Group(Input.Offers, o => o.MaterialId, "offer");
        Receipts = Group(Input.Receipts, r => r.MaterialId, "receipt");
        Reservations = Group(Input.Reservations, r => r.MaterialId, "reservation");
        Forecasts = Group(Input.Forecasts, f => f.MaterialId, "forecast");
        FirmOrders = Group(Input.FirmOrders, o => o.MaterialId, "firm_order");
        HasOpenProduction = new bool[Materials.Length];
        foreach (var receipt in Receipts.Rows)
        {
            if (receipt.ComponentsNeededOn is not null)
            {
                HasOpenProduction[Places[receipt.MaterialId]] = true;
            }
        }
    }

    private Grouped<T> Group<T>(IReadOnlyList<T> rows, Func<T, Guid> material, string entity)
    {
        var (owner, start, lost) = (new int[rows.Count], new int[Materials.Length + 1], 0);
        for (var i = 0; i < owner.Length; i++)
        {
            // Rows of one material stand together.
            owner[i] = i > 0 && material(rows[i]) == material(rows[i - 1]) ? owner[i - 1] : Places.GetValueOrDefault(material(rows[i]), -1);
            if (owner[i] < 0)
            {
                lost++;
            }
            else
            {
                start[owner[i] + 1]++;
            }
        }

        TellLost(lost, entity);
        for (var m = 0; m < Materials.Length; m++)
        {
            start[m + 1] += start[m];
        }

        var (next, sorted) = (start.AsSpan(0, Materials.Length).ToArray(), new T[owner.Length - lost]);
        for (var i = 0; i < owner.Length; i++)
        {
            if (owner[i] >= 0)
            {
                sorted[next[owner[i]]++] = rows[i];
            }
        }

        return new(sorted, start);
    }

    private void TellLost(int rows, string entity)
    {
        if (rows > 0)
        {
            Issues.Add(new()
            {
                Severity = PlanSeverity.Blocking, Code = PlanIssueCodes.UnknownMaterial, Entity = entity,
                Message = $"{PlanWords.Count(rows, "row")} of the kind {entity.Replace('_', ' ')} were left out, because their materials are not in the plan.",
                Action = "Add the materials to the catalogue, or delete the rows.",
            });
        }
    }

    private void ReadBoms()
    {
        var reader = new BomReader(Input, Places, Issues);
        Bom = BomGraph.Of(reader.Read(), Materials.Length);
        Tell(Bom.Rank(HasOwnNeed));
        foreach (var line in reader.WithoutFactor)
        {
            Messages.Add(new()
            {
                Kind = PlanMessageKind.UnitMissing, Severity = PlanSeverity.Blocking, Material = Materials[Places[line.ComponentId]],
                RefText = Materials[Places[line.ParentId]].Number,
            });
        }

        BomDoubtful = new bool[Materials.Length];
        foreach (var parent in reader.Incomplete.Concat(reader.WithMissingLines))
        {
            BomDoubtful[parent] = true;
            for (var i = Bom.ParentStart[parent]; i < Bom.ParentStart[parent + 1]; i++)
            {
                BomDoubtful[Bom.Component[i]] = true;
            }
        }

        var levels = new List<int>[Bom.Levels];
        for (var m = 0; m < Materials.Length; m++)
        {
            if (Bom.Level[m] >= 0)
            {
                (levels[Bom.Level[m]] ??= []).Add(m);
            }
        }

        ByLevel = [.. levels.Select(l => l is null ? Array.Empty<int>() : l.ToArray())];
    }

    private void Tell(BomFaults faults)
    {
        Skipped = faults.InCycle.Count + faults.Below.Count;
        foreach (var cycle in faults.Cycles)
        {
            var path = string.Join(" → ", cycle.Append(cycle[0]).Select(m => Materials[m].Number));
            Add(cycle[0], PlanSeverity.Blocking, PlanIssueCodes.BomCycle, $"{path}: made of itself, so none of these were planned.",
                "Take one of these lines out of its bill of materials.");
        }

        foreach (var m in faults.Below)
        {
            Add(m, PlanSeverity.Blocking, PlanIssueCodes.SkippedBelowCycle,
                $"{Materials[m].Number} was not planned, because only materials in a cycle need it.", "Mend the cycle above it, then plan again.");
        }

        foreach (var m in faults.Incomplete)
        {
            Add(m, PlanSeverity.High, PlanIssueCodes.NeedIncomplete,
                $"The need of {Materials[m].Number} is incomplete, because a material that takes it was not planned.", "Mend the cycle above it, then plan again.");
        }
    }

    private void Add(int m, PlanSeverity severity, string code, string message, string action) => Issues.Add(new()
    {
        Severity = severity, Code = code, MaterialId = Materials[m].Id, EntityId = Materials[m].Id, Entity = "material", RowRef = Materials[m].Number,
        Message = message, Action = action,
    });
}
