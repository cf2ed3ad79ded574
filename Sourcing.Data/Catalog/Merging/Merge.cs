using System.Text.Json;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>What was merged.</summary>
public enum MergeKind
{
    Part,
    Supplier,
    Customer,
}

/// <summary>How much of one kind came along.</summary>
/// <param name="Name">In the plural, as people say it: "Order lines".</param>
/// <param name="Value">1 or more.</param>
public sealed record MovedCount(string Name, long Value);

/// <summary>
/// Two records became one: who did it, when, and what came along. Written once, in the transaction that moves everything: what guards the
/// history of quotes and rounds lets a row change its part or supplier only beside a merge of the same moment.
/// </summary>
public sealed class Merge
{
    private Merge()
    {
    }

    /// <param name="kept">Number or code, and name, as they were.</param>
    /// <param name="gone">The same of the one that was given up.</param>
    internal Merge(MergeKind kind, (Guid Id, string Number, string Name) kept, (Guid Id, string Number, string Name) gone, Guid by, IReadOnlyList<MovedCount> moved)
    {
        (Id, Kind, MergedBy) = (Guid.CreateVersion7(), kind, by);
        (KeptId, KeptNumber, KeptName) = kept;
        (GoneId, GoneNumber, GoneName) = gone;
        Moved = JsonSerializer.Serialize(moved, JsonSerializerOptions.Web);
    }

    public Guid Id { get; private set; }

    public MergeKind Kind { get; private set; }

    public Guid KeptId { get; private set; }

    public string KeptNumber { get; private set; } = "";

    public string KeptName { get; private set; } = "";

    public Guid GoneId { get; private set; }

    public string GoneNumber { get; private set; } = "";

    public string GoneName { get; private set; } = "";

    /// <summary>JSON array of <see cref="MovedCount"/>.</summary>
    public string Moved { get; private set; } = "[]";

    public Guid MergedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>What came along, most first.</summary>
    public IReadOnlyList<MovedCount> Counts() => JsonSerializer.Deserialize<List<MovedCount>>(Moved, JsonSerializerOptions.Web) ?? [];
}
