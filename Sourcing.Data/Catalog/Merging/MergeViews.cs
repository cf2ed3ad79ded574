namespace Sourcing.Data.Catalog.Merging;

/// <summary>One of the two in a preview.</summary>
/// <param name="Number">A part's number or a supplier's code.</param>
public sealed record MergeSide(Guid Id, string Number, string Name, uint Version);

/// <summary>What comes along of one kind.</summary>
/// <param name="Name">In the plural: "Order lines".</param>
/// <param name="Count">Of the one that is given up; 1 or more.</param>
/// <param name="Note">What becomes of those that the kept one has too; empty for none.</param>
public sealed record MergeCount(string Name, long Count, string Note = "");

/// <summary>A field in which the two differ.</summary>
/// <param name="Kept">What the one that stays says; null for nothing.</param>
/// <param name="Gone">What the other says; null for nothing.</param>
/// <param name="Result">What stands afterwards.</param>
public sealed record MergeDifference(string Field, string? Kept, string? Gone, string? Result);

/// <summary>What a merge would do, before anybody does it.</summary>
/// <param name="Refusals">Why it cannot be done as it stands, and how to mend it; empty when it can.</param>
public sealed record MergePreview(MergeSide Keep, MergeSide GiveUp, IReadOnlyList<MergeCount> Moves, IReadOnlyList<MergeDifference> Differences, IReadOnlyList<string> Refusals)
{
    /// <summary>What is worth knowing and stops nothing.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A merge that was done.</summary>
/// <param name="By">Who did it.</param>
public sealed record MergeView(Guid GoneId, string GoneNumber, string GoneName, string By, DateTimeOffset At, IReadOnlyList<MovedCount> Counts);

/// <summary>Where an old address leads on.</summary>
public sealed record MergedInto(Guid KeptId, string GoneNumber, string GoneName, string By, DateTimeOffset At);
