using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Imports;

/// <summary>An import as its page shows it.</summary>
public sealed record ImportDetails
{
    public required Guid Id { get; init; }
    public required uint Version { get; init; }
    public required string Number { get; init; }
    public required ImportKind Kind { get; init; }
    public required ImportStatus Status { get; init; }
    public required string FileName { get; init; }
    public required long Size { get; init; }
    public required FileProfile Profile { get; init; }
    public required MappingDefinition Mapping { get; init; }
    public required int Rows { get; init; }
    public required int NewRows { get; init; }
    public required int ChangedRows { get; init; }
    public required int UnchangedRows { get; init; }
    public required int RejectedRows { get; init; }
    public required int UnusualRows { get; init; }
    public required int SetAsideRows { get; init; }
    public required IReadOnlyList<ImportCount> Counts { get; init; }
    public required IReadOnlyList<RuleCount> RuleCounts { get; init; }
    public required string Refusal { get; init; }
    public required string UploadedByName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CommittedAt { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>The job at work, or the last one; null when none was queued by this person.</summary>
    public JobRunView? Job { get; init; }

    /// <summary>Rows that the import would write or finds written already.</summary>
    public int ReadyRows => NewRows + ChangedRows + UnchangedRows;

    /// <summary>Rows to be mended.</summary>
    public int RowsToMend => RejectedRows - UnusualRows;

    /// <summary>A job is at it.</summary>
    public bool IsRunning => Status is ImportStatus.Checking or ImportStatus.Committing or ImportStatus.Undoing;
}

/// <summary>Which staged rows are looked at.</summary>
public enum RowFilter
{
    Attention,
    ToMend,
    ToConfirm,
    SetAside,
    All,
}

/// <summary>One row of the staged file.</summary>
/// <param name="State">o ready, x to mend, w to confirm, a set aside.</param>
/// <param name="Cells">Field key to its text: as it stood in the file where something is wrong, else as it was read.</param>
public sealed record StagedRow(int Row, char State, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<Problem> Problems);

/// <summary>A page of staged rows.</summary>
/// <param name="Next">The row after which the next page begins; null when there is none.</param>
/// <param name="Alike">How many rows have the same text in the same field at fault, by field and text.</param>
public sealed record StagedRows(IReadOnlyList<StagedRow> Rows, int? Next, IReadOnlyDictionary<(string Field, string Text), int> Alike);

/// <summary>A mapping to choose.</summary>
/// <param name="Id">Null for one that comes with the app.</param>
/// <param name="Fits">The file has all of its columns.</param>
public sealed record MappingChoice(Guid? Id, string Name, MappingDefinition Definition, bool Fits);

/// <summary>A row that stays out.</summary>
/// <param name="Mended">Field key to the text typed for it.</param>
/// <param name="Wrong">Why, in sentences.</param>
internal sealed record RejectedRow(int Row, IReadOnlyDictionary<string, string> Mended, string Wrong);

/// <summary>An import on the list.</summary>
public sealed record ImportRunRow
{
    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public string Kind { get; init; } = "";
    public ImportStatus Status { get; init; }
    public string FileName { get; init; } = "";
    public int Rows { get; init; }
    public int NewRows { get; init; }
    public int ChangedRows { get; init; }
    public int RejectedRows { get; init; }
    public string By { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
}
