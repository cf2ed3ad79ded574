using Sourcing.Data.Common;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportStatus
{
    /// <summary>The file is here; its columns are not matched yet.</summary>
    Uploaded,

    /// <summary>A person is matching columns.</summary>
    Matching,

    /// <summary>A job reads the file and checks every row.</summary>
    Checking,

    /// <summary>Checked: nothing is written before somebody says so.</summary>
    Ready,

    /// <summary>A job writes, in one transaction.</summary>
    Committing,

    Done,

    /// <summary>Stopped by a fault; nothing was written.</summary>
    Failed,

    /// <summary>Called off by a person; nothing was written.</summary>
    Cancelled,

    /// <summary>A job takes the rows out again.</summary>
    Undoing,

    Undone,
}

/// <summary>How many records of one kind an import made, changed or found as they were.</summary>
/// <param name="Table">Name in the database.</param>
/// <param name="Plural">For people: "suppliers".</param>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record ImportCount(string Table, string Plural, long New, long Changed, long Unchanged);

/// <summary>How often a rule of the mapping applied.</summary>
/// <param name="Rule">The rule in words.</param>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record RuleCount(string Rule, long Cells);

/// <summary>One file on its way into the tables: from the upload to the undo.</summary>
public sealed class ImportRun
{
    private ImportRun()
    {
    }

    /// <param name="number">IMP-2026-00001.</param>
    /// <param name="kind">Key of the kind: see <see cref="ImportKinds"/>.</param>
    /// <param name="fileName">As the user calls it, without a path.</param>
    public ImportRun(string number, ImportKind kind, string fileName, long size, string sha256, int rows, Guid by, string byName)
    {
        (Id, Number, Kind, FileName, Size, Sha256, Rows, UploadedBy, UploadedByName) =
            (Guid.CreateVersion7(), number, kind.Key, fileName, size, sha256, rows, by, byName);
        Mapping = new();
    }

    public Guid Id { get; private set; }

    public uint Version { get; private set; }

    public string Number { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public ImportStatus Status { get; private set; }

    public string FileName { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>How columns become fields, with the rules for cells.</summary>
    public MappingDefinition Mapping { get; private set; } = new();

    /// <summary>Rows below the head.</summary>
    public int Rows { get; private set; }

    public int NewRows { get; private set; }

    public int ChangedRows { get; private set; }

    public int UnchangedRows { get; private set; }

    /// <summary>Rows that stay out: to be mended, or to be confirmed.</summary>
    public int RejectedRows { get; private set; }

    /// <summary>Of the rejected rows those that only look unusual.</summary>
    public int UnusualRows { get; private set; }

    /// <summary>Rows that a rule or a person set aside.</summary>
    public int SetAsideRows { get; private set; }

    /// <summary>Per kind of record.</summary>
    public IReadOnlyList<ImportCount> Counts { get; private set; } = [];

    /// <summary>Per rule of the mapping.</summary>
    public IReadOnlyList<RuleCount> RuleCounts { get; private set; } = [];

    /// <summary>Why it failed or what stopped the undo; empty otherwise.</summary>
    public string Refusal { get; private set; } = "";

    public Guid UploadedBy { get; private set; }

    public string UploadedByName { get; private set; } = "";

    public DateTimeOffset? CommittedAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Rows that the import would write or finds written already.</summary>
    public int ReadyRows => NewRows + ChangedRows + UnchangedRows;

    /// <summary>A job is at it.</summary>
    public bool IsRunning => Status is ImportStatus.Checking or ImportStatus.Committing or ImportStatus.Undoing;

    /// <summary>Another way of reading the file: everything found before is void.</summary>
    /// <exception cref="RefusedException">The import is over, or a job is at it.</exception>
    public void Match(MappingDefinition mapping)
    {
        DemandOpen();
        (Mapping, Status) = (mapping, ImportStatus.Matching);
    }

    /// <summary>Adds a rule while the rows are being mended; one for the same cells is replaced.</summary>
    public void Learn(CellRule rule)
    {
        DemandMendable();
        Mapping = Mapping with { Rules = [rule, .. Mapping.Rules.Where(r => r.Field != rule.Field || r.Test != rule.Test || r.Pattern != rule.Pattern)] };
        RuleCounts = [];
    }

    /// <summary>Hands the file to the job that checks it.</summary>
    /// <exception cref="RefusedException">A required field has no column, or the import is over.</exception>
    public void Check(ImportKind kind)
    {
        DemandOpen();
        kind.DemandComplete(Mapping);
        (Status, Refusal) = (ImportStatus.Checking, "");
    }

    /// <summary>The check is done.</summary>
    public void Checked(int rows, int newRows, int changed, int unchanged, int rejected, int unusual, int setAside, IReadOnlyList<ImportCount> counts, IReadOnlyList<RuleCount>? rules)
    {
        Demand(ImportStatus.Checking, ImportStatus.Ready);
        (Rows, NewRows, ChangedRows, UnchangedRows, RejectedRows, UnusualRows, SetAsideRows, Counts) = (rows, newRows, changed, unchanged, rejected, unusual, setAside, counts);
        RuleCounts = rules ?? RuleCounts;
        Status = ImportStatus.Ready;
    }

    /// <summary>Hands the checked rows to the job that writes them.</summary>
    public void Commit()
    {
        Demand(ImportStatus.Ready);
        if (ReadyRows == 0)
        {
            throw new RefusedException("No row is ready. Mend at least one, or cancel the import.");
        }

        (Status, Refusal) = (ImportStatus.Committing, "");
    }

    /// <summary>Everything is written.</summary>
    public void Committed(IReadOnlyList<ImportCount> counts, DateTimeOffset now)
    {
        Demand(ImportStatus.Committing);
        (Status, Counts, CommittedAt) = (ImportStatus.Done, counts, now);
    }

    /// <summary>Hands the import to the job that takes it out again.</summary>
    public void Undo()
    {
        Demand(ImportStatus.Done);
        (Status, Refusal) = (ImportStatus.Undoing, "");
    }

    /// <summary>Nothing of it is left.</summary>
    public void UndoneNow(DateTimeOffset now)
    {
        Demand(ImportStatus.Undoing);
        (Status, UndoneAt) = (ImportStatus.Undone, now);
    }

    /// <summary>The undo was refused: the import stands as it stood.</summary>
    public void Keep(string why)
    {
        Demand(ImportStatus.Undoing);
        (Status, Refusal) = (ImportStatus.Done, why);
    }

    /// <summary>A fault or a refusal stopped the job; nothing was written.</summary>
    public void Fail(string why) => (Status, Refusal) = (ImportStatus.Failed, why.Length > 1000 ? why[..1000] : why);

    /// <summary>Calls it off.</summary>
    public void Cancel()
    {
        if (Status is ImportStatus.Done or ImportStatus.Undone or ImportStatus.Undoing)
        {
            throw new RefusedException("The import is done. Undo it instead.");
        }

        Status = ImportStatus.Cancelled;
    }

    /// <summary>Whether its cells may be changed now.</summary>
    public void DemandMendable() => Demand(ImportStatus.Ready);

    private void DemandOpen()
    {
        if (Status is not (ImportStatus.Uploaded or ImportStatus.Matching or ImportStatus.Ready or ImportStatus.Failed))
        {
            throw new RefusedException(IsRunning ? "A job is working on this import. Wait for it, or cancel it." : "This import is over. Upload the file again to start anew.");
        }
    }

    private void Demand(params ImportStatus[] expected)
    {
        if (!expected.Contains(Status))
        {
            throw new RefusedException($"The import is {Words.Spaced(Status).ToLowerInvariant()}, so this cannot be done now. Reload the page to see where it stands.");
        }
    }
}

/// <summary>A way to read files of one kind, kept under a name for the next time.</summary>
public sealed class ImportMapping
{
    private ImportMapping()
    {
    }

    public ImportMapping(string kind, string name, MappingDefinition definition) =>
        (Id, Kind, Name, Definition) = (Guid.CreateVersion7(), kind, name, definition);

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>Unique among its kind; 1 to 80 characters.</summary>
    public string Name { get; private set; } = "";

    public MappingDefinition Definition { get; private set; } = new();

    /// <summary>Saved again under the same name.</summary>
    public void Replace(MappingDefinition definition) => Definition = definition;
}

/// <summary>The file of an import, and what it holds. Kept apart because the latter is long and belongs in no history.</summary>
public sealed class ImportFile
{
    private ImportFile()
    {
    }

    public ImportFile(Guid runId, string storedName, FileProfile profile) => (RunId, StoredName, Profile) = (runId, storedName, profile);

    public Guid RunId { get; private set; }

    /// <summary>A generated name in the imports' folder.</summary>
    public string StoredName { get; private set; } = "";

    public FileProfile Profile { get; private set; } = null!;
}

/// <summary>What a person said about one row while checking.</summary>
public sealed class ImportRow
{
    private ImportRow()
    {
    }

    public Guid RunId { get; private set; }

    /// <summary>As numbered in the file, the head being 1.</summary>
    public int Row { get; private set; }

    /// <summary>Field keys with the text typed for them.</summary>
    public string Mended { get; private set; } = "{}";

    /// <summary>Unusual but right.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>Taken out.</summary>
    public bool TakenOut { get; private set; }
}

/// <summary>What a changed record held before an import and after it: for the undo.</summary>
public sealed class ImportChange
{
    private ImportChange()
    {
    }

    public Guid RunId { get; private set; }

    public string TableName { get; private set; } = "";

    public Guid RecordId { get; private set; }

    public string OldValues { get; private set; } = "{}";

    public string NewValues { get; private set; } = "{}";
}
