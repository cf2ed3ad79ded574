using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Imports.Kinds;

namespace Sourcing.Data.Imports;

/// <summary>The list of imports.</summary>
public sealed class ImportList(Database database, CurrentUser user) : ListSource<ImportRunRow>(database, user)
{
    private static readonly ListShape<ImportRunRow> Columns = new ListShape<ImportRunRow>("imports", "Imports", i => i.Id)
        .Add(i => i.Number, "Number", FieldKind.Code)
        .Add(i => i.Kind, "Kind", FieldKind.Choice, choices: [.. ImportKinds.All.Select(k => new Choice(k.Key, k.Title))])
        .Add(i => i.Status, "Status", FieldKind.Choice)
        .Add(i => i.FileName, "File", FieldKind.Text)
        .Add(i => i.Rows, "Rows", FieldKind.Number)
        .Add(i => i.NewRows, "New", FieldKind.Number)
        .Add(i => i.ChangedRows, "Changed", FieldKind.Number)
        .Add(i => i.RejectedRows, "Left out", FieldKind.Number)
        .Add(i => i.By, "Uploaded by", FieldKind.Text)
        .Add(i => i.CreatedAt, "Uploaded", FieldKind.Moment)
        .OrderedBy("createdAt", descending: true);

    /// <inheritdoc/>
    public override ListShape<ImportRunRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.ImportsRun;

    /// <inheritdoc/>
    protected override IQueryable<ImportRunRow> Rows(SourcingDb db, string search)
    {
        var runs = db.ImportRuns.AsNoTracking();
        if (search.Length > 0)
        {
            var like = LikePattern.Containing(search);
            runs = runs.Where(r => EF.Functions.ILike(r.Number, like) || EF.Functions.ILike(r.FileName, like) || EF.Functions.ILike(r.UploadedByName, like));
        }

        return runs.Select(r => new ImportRunRow
        {
            Id = r.Id, Number = r.Number, Kind = r.Kind, Status = r.Status, FileName = r.FileName, Rows = r.Rows, NewRows = r.NewRows, ChangedRows = r.ChangedRows,
            RejectedRows = r.RejectedRows, By = r.UploadedByName, CreatedAt = r.CreatedAt,
        });
    }
}
