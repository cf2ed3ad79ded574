using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning;

/// <summary>
/// Acts on bills of materials. A line that would make a part of itself is refused with the whole way round; whoever makes a part a component
/// holds all bills of materials meanwhile, so that two people cannot close a cycle together. Imports may bring cycles: they are shown, and the plan reports them.
/// </summary>
public sealed class BomService(Database database, CurrentUser user)
{
    /// <summary>Lines that a replacement changes at most.</summary>
    public const int MostReplaced = 1000;

    /// <summary>
    /// Saves a bill of materials with all its lines: adds, changes and removes. Refuses a unit that does not convert to the component's, naming both,
    /// a component that stands twice from one day, and a cycle, naming its parts. Lines or head that somebody else changed since are a conflict.
    /// </summary>
    /// <returns>The part's key.</returns>
    public Task<Guid> SaveAsync(BomForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.LockBomsAsync(token);
            await DemandPartAsync(db, form.PartId, nameof(form.PartId), token);
            await HeadAsync(db, form, token);
            var lines = await db.BomLines.Where(l => l.ParentPartId == form.PartId).ToListAsync(token);
            if (lines.Any(l => !form.Opened.Contains(l.Id)))
            {
                throw new ConflictException();
            }

            var today = Today(await db.NowAsync(token));
            var wanted = form.Lines.Select((line, index) => (Line: line, Index: index)).Where(x => !x.Line.IsBlank).ToList();
            await DemandLinesAsync(db, form.PartId, wanted, [.. lines.Where(l => l.ValidTo is null || l.ValidTo >= today).Select(l => l.ComponentPartId)], today, token);
            Write(db, form.PartId, lines, wanted);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("boms", form.PartId, token);
            return form.PartId;
        }, ct);
    }

    /// <summary>Copies head and lines of another part, but for those that have ended. Refuses where the part has lines of its own, and what <see cref="SaveAsync"/> refuses.</summary>
    /// <returns>The part's key.</returns>
    public Task<Guid> CopyAsync(BomCopyForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.LockBomsAsync(token);
            var number = await DemandPartAsync(db, form.PartId, nameof(form.PartId), token);
            var source = await DemandPartAsync(db, form.FromPartId!.Value, nameof(form.FromPartId), token);
            if (await db.BomLines.AnyAsync(l => l.ParentPartId == form.PartId, token))
            {
                throw new RefusedException($"{number} has components already. Remove them first, or add the missing ones by hand.");
            }

            var today = Today(await db.NowAsync(token));
            var lines = await db.BomLines.Where(l => l.ParentPartId == form.FromPartId && (l.ValidTo == null || l.ValidTo >= today)).OrderBy(l => l.Position).ThenBy(l => l.Id).ToListAsync(token);
            if (lines.Count == 0)
            {
                throw new RefusedException(nameof(form.FromPartId), $"{source} has no components that hold today or later. Choose another part.");
            }

            var head = await db.BillsOfMaterials.AsNoTracking().SingleOrDefaultAsync(b => b.PartId == form.FromPartId, token);
            var mine = await db.BillsOfMaterials.SingleOrDefaultAsync(b => b.PartId == form.PartId, token) ?? db.Add(new BillOfMaterials(form.PartId)).Entity;
            mine.Change(head?.Yield ?? 1, head?.IsPhantom ?? false, head?.Note ?? "");
            await DemandAllAsync(db, form.PartId, [.. lines.Select(l => (l.ComponentPartId, l.UnitId, l.IsShare))], nameof(form.FromPartId), today, token);
            db.AddRange(lines.Select(l => new BomLine(form.PartId, l.ComponentPartId, Facts(l, l.ValidFrom, l.ValidTo))));
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("boms", form.PartId, token);
            return form.PartId;
        }, ct);
    }

    /// <summary>
    /// Puts another component in place of one in every bill of materials from a day on: old lines end the day before, those that begin later go over
    /// whole. All or nothing: refuses a unit that does not convert, a cycle and a parent that has the new one from that day already, naming the parent.
    /// </summary>
    /// <returns>How many lines were replaced.</returns>
    public async Task<int> ReplaceAsync(BomReplaceForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        var replaced = 0;
        await database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            await db.LockBomsAsync(token);
            var (old, by, from) = (form.ComponentId, form.ReplacementId!.Value, form.From!.Value);
            var name = await DemandPartAsync(db, by, nameof(form.ReplacementId), token);
            if (old == by)
            {
                throw new RefusedException(nameof(form.ReplacementId), "A part cannot take its own place. Choose another one.");
            }

            var lines = await db.BomLines.Where(l => l.ComponentPartId == old && l.ParentPart.DeletedAt == null && (l.ValidTo == null || l.ValidTo >= from)).OrderBy(l => l.ParentPartId).Take(MostReplaced + 1).ToListAsync(token);
            if (lines.Count is 0 or > MostReplaced)
            {
                throw new RefusedException(lines.Count == 0
                    ? "No bill of materials uses it from that day on. Choose an earlier day."
                    : $"More than {MostReplaced:#,##0} lines use it. Import the changes as a file.");
            }

            await DemandReplaceableAsync(db, by, name, from, lines, token);
            foreach (var line in lines)
            {
                db.Add(new BomLine(line.ParentPartId, by, Facts(line, line.ValidFrom > from ? line.ValidFrom : from, line.ValidTo)));
                if (line.ValidFrom >= from)
                {
                    db.Remove(line);
                }
                else
                {
                    line.Change(Facts(line, line.ValidFrom, from.AddDays(-1)));
                }
            }

            replaced = lines.Count;
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("boms", null, token);
            return old;
        }, ct);
        return replaced;
    }

    private static void Write(SourcingDb db, Guid partId, List<BomLine> lines, IReadOnlyList<(BomLineForm Line, int Index)> wanted)
    {
        // A line removed and typed anew is the same one changed: so nothing stands twice even for a moment.
        var kept = wanted.Where(w => w.Line.Id is not null).Select(w => w.Line.Id!.Value).ToHashSet();
        var gone = lines.Where(l => !kept.Contains(l.Id)).ToList();
        for (var i = 0; i < wanted.Count; i++)
        {
            var (row, index) = wanted[i];
            var facts = row.Facts((i + 1) * 10);
            var line = row.Id is { } id ? lines.Find(l => l.Id == id) ?? throw new ConflictException() : null;
            if (line is not null)
            {
                db.Entry(line).Property(l => l.Version).OriginalValue = row.Version;
            }

            if (line is not null && line.ComponentPartId != row.ComponentId)
            {
                db.Remove(line);
                line = null;
            }

            if (line is null && gone.Find(l => l.ComponentPartId == row.ComponentId) is { } again)
            {
                gone.Remove(again);
                line = again;
            }

            Row(index, () =>
            {
                if (line is null)
                {
                    db.Add(new BomLine(partId, row.ComponentId!.Value, facts));
                }
                else
                {
                    line.Change(facts);
                }
            });
        }

        db.RemoveRange(gone);
    }

    // The entity speaks of its own columns; the form has other names for them.
    private static void Row(int index, Action act)
    {
        try
        {
            act();
        }
        catch (RefusedException refusal) when (refusal.Errors.Count > 0)
        {
            throw new RefusedException([.. refusal.Errors.Select(e => new FieldError($"Lines[{index}].{e.Field switch
            {
                nameof(BomLine.QuantityPer) => nameof(BomLineForm.Quantity),
                nameof(BomLine.ScrapRate) => nameof(BomLineForm.ScrapPercent),
                nameof(BomLine.ComponentPartId) => nameof(BomLineForm.ComponentId),
                var field => field,
            }}", $"Line {index + 1}: {e.Message}"))]);
        }
    }

    private static async Task HeadAsync(SourcingDb db, BomForm form, CancellationToken ct)
    {
        var head = await db.BillsOfMaterials.SingleOrDefaultAsync(b => b.PartId == form.PartId, ct);
        if (head is null)
        {
            if (form.Version != 0)
            {
                throw new ConflictException();
            }

            head = db.Add(new BillOfMaterials(form.PartId)).Entity;
        }
        else
        {
            db.Entry(head).Property(b => b.Version).OriginalValue = form.Version;
            // Written whatever changes: so a second editor of other lines is told.
            db.Entry(head).Property(b => b.Note).IsModified = true;
        }

        head.Change(decimal.Round(form.YieldPercent!.Value / 100, 6, MidpointRounding.AwayFromZero), form.IsPhantom, form.Note ?? "");
    }

    private static async Task DemandLinesAsync(
        SourcingDb db, Guid partId, IReadOnlyList<(BomLineForm Line, int Index)> wanted, HashSet<Guid> before, DateOnly today, CancellationToken ct)
    {
        var ids = wanted.Select(w => w.Line.ComponentId!.Value).Append(partId).Distinct().ToList();
        var parts = await db.BomPartsAsync(ids, ct);
        var living = (await db.Parts.Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        var arithmetic = await BomArithmetic.ForAsync(db, ids, ct);
        var errors = wanted.Select(w => Fault(w.Line, partId, parts, living, arithmetic) is { } fault ? new FieldError($"Lines[{w.Index}].{fault.Field}", $"Line {w.Index + 1}: {fault.Message}") : null)
            .OfType<FieldError>().ToList();
        foreach (var twice in wanted.GroupBy(w => (w.Line.ComponentId, w.Line.ValidFrom ?? BomLine.Always)).SelectMany(g => g.Skip(1)).Where(w => parts.ContainsKey(w.Line.ComponentId!.Value)))
        {
            errors.Add(new(
                $"Lines[{twice.Index}].{nameof(BomLineForm.ComponentId)}",
                $"Line {twice.Index + 1}: {parts[twice.Line.ComponentId!.Value].Number} stands in the list already from the same day. Add the quantities up, or begin this line on another day."));
        }

        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }

        await DemandNoCycleAsync(db, partId, [.. wanted.Where(w => (w.Line.ValidTo is null || w.Line.ValidTo >= today) && !before.Contains(w.Line.ComponentId!.Value))], today, ct);
    }

    private static (string Field, string Message)? Fault(BomLineForm line, Guid partId, IReadOnlyDictionary<Guid, BomPart> parts, HashSet<Guid> living, BomArithmetic arithmetic)
    {
        var component = line.ComponentId!.Value;
        if (component == partId)
        {
            return (nameof(line.ComponentId), "a part cannot be made of itself. Choose another component.");
        }

        // A line that was there before keeps a component that was deleted since.
        if (!parts.ContainsKey(component) || (!living.Contains(component) && line.Id is null))
        {
            return (nameof(line.ComponentId), "there is no such part any more. Choose another component.");
        }

        if (!line.IsShare && !arithmetic.Knows(line.UnitId!.Value))
        {
            return (nameof(line.UnitId), "there is no such unit. Choose another.");
        }

        return arithmetic.Fault(parts[partId], parts[component], line.UnitId, line.IsShare) is { } fault ? (nameof(line.UnitId), fault) : null;
    }

    // Only of what is no component yet: a cycle that an import brought keeps nobody from mending the rest.
    private static async Task DemandNoCycleAsync(SourcingDb db, Guid partId, IReadOnlyList<(BomLineForm Line, int Index)> fresh, DateOnly today, CancellationToken ct)
    {
        if (fresh.Count == 0)
        {
            return;
        }

        var tree = await db.TreeBelowAsync([.. fresh.Select(w => w.Line.ComponentId!.Value)], today, ct);
        var errors = new List<FieldError>();
        foreach (var (line, index) in fresh)
        {
            if (BomGraphReading.Way(tree, line.ComponentId!.Value, partId) is { } way)
            {
                errors.Add(new($"Lines[{index}].{nameof(line.ComponentId)}", await CycleAsync(db, $"Line {index + 1}", [partId, .. way], ct)));
            }
        }

        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }
    }

    private static async Task DemandAllAsync(
        SourcingDb db, Guid partId, IReadOnlyList<(Guid Component, Guid? Unit, bool IsShare)> lines, string field, DateOnly today, CancellationToken ct)
    {
        var ids = lines.Select(l => l.Component).Append(partId).Distinct().ToList();
        var parts = await db.BomPartsAsync(ids, ct);
        var arithmetic = await BomArithmetic.ForAsync(db, ids, ct);
        var tree = await db.TreeBelowAsync([.. lines.Select(l => l.Component)], today, ct);
        foreach (var (component, unit, share) in lines)
        {
            if (component == partId)
            {
                throw new RefusedException(field, $"{parts[partId].Number} is one of its components, and a part cannot be made of itself. Choose another part.");
            }

            if (arithmetic.Fault(parts[partId], parts[component], unit, share) is { } fault)
            {
                throw new RefusedException(field, fault);
            }

            if (BomGraphReading.Way(tree, component, partId) is { } way)
            {
                throw new RefusedException(field, await CycleAsync(db, "This", [partId, .. way], ct));
            }
        }
    }

    private async Task DemandReplaceableAsync(SourcingDb db, Guid by, string name, DateOnly from, List<BomLine> lines, CancellationToken ct)
    {
        const string Field = nameof(BomReplaceForm.ReplacementId);
        var ids = lines.Select(l => l.ParentPartId).Append(by).Distinct().ToList();
        var parts = await db.BomPartsAsync(ids, ct);
        var arithmetic = await BomArithmetic.ForAsync(db, ids, ct);
        var tree = await db.TreeBelowAsync([by], Today(await db.NowAsync(ct)), ct);
        var begins = (await db.BomLines.Where(l => l.ComponentPartId == by && ids.Contains(l.ParentPartId)).Select(l => new { l.ParentPartId, l.ValidFrom }).ToListAsync(ct))
            .Select(l => (l.ParentPartId, l.ValidFrom)).ToHashSet();
        foreach (var line in lines)
        {
            var parent = parts[line.ParentPartId];
            if (line.ParentPartId == by)
            {
                throw new RefusedException(Field, $"{name} is made of this part itself, so it cannot take its place there. Choose another one, or change {name} first.");
            }

            if (begins.Contains((line.ParentPartId, line.ValidFrom > from ? line.ValidFrom : from)))
            {
                throw new RefusedException(Field, $"{parent.Number} has {name} from that day already. Change that bill of materials by hand first.");
            }

            if (arithmetic.Fault(parent, parts[by], line.UnitId, line.IsShare) is { } fault)
            {
                throw new RefusedException(Field, $"In {parent.Number}: {fault}");
            }

            if (BomGraphReading.Way(tree, by, line.ParentPartId) is { } way)
            {
                throw new RefusedException(Field, await CycleAsync(db, "This", [line.ParentPartId, .. way], ct));
            }
        }
    }

    private static async Task<string> CycleAsync(SourcingDb db, string what, IReadOnlyList<Guid> way, CancellationToken ct) =>
        $"{what} would make a part of itself: {await db.NumbersAsync(way, ct)}. Take one of these out of the other first.";

    private static async Task<string> DemandPartAsync(SourcingDb db, Guid partId, string field, CancellationToken ct) =>
        await db.Parts.Where(p => p.Id == partId).Select(p => p.Number).SingleOrDefaultAsync(ct)
            ?? (field == nameof(BomForm.PartId) ? throw new MissingException("part") : throw new RefusedException(field, "There is no such part any more. Choose another."));

    private DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, user.Identity.TimeZone).DateTime);

    private static BomLineFacts Facts(BomLine line, DateOnly from, DateOnly? to) =>
        new(line.QuantityPer, line.UnitId, line.IsShare, line.ScrapRate, from, to) { Position = line.Position };
}
