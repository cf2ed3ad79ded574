using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Importing;

namespace Sourcing.Data;

public partial class SourcingDb
{
    /// <inheritdoc cref="ImportBatch"/>
    public DbSet<ImportBatch> ChapterImportBatches => Set<ImportBatch>();

    /// <inheritdoc cref="ImportFile"/>
    public DbSet<ImportFile> ChapterImportFiles => Set<ImportFile>();

    /// <inheritdoc cref="RowIssue"/>
    public DbSet<RowIssue> ChapterRowIssues => Set<RowIssue>();

    /// <inheritdoc cref="ReportedFigures"/>
    public DbSet<ReportedFigures> ChapterReportedLines => Set<ReportedFigures>();
}
