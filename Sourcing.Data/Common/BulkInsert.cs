using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sourcing.Data.Common;

/// <summary>Writes thousands of new records in one statement a table: row-level security is then asked once, and not for each.</summary>
internal static class BulkInsert
{
    /// <summary>Inserts what the entities hold. The database fills moments; navigations are not followed.</summary>
    public static async Task InsertManyAsync<T>(this SourcingDb db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var entity = db.Model.FindEntityType(typeof(T))!;
        var (table, columns) = (entity.GetTableName()!, entity.GetProperties().Where(p => p is { PropertyInfo: not null } && !p.IsConcurrencyToken && p.Name is not ("CreatedAt" or "UpdatedAt")).ToList());
        var json = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject(columns.Select(c => KeyValuePair.Create(c.GetColumnName(), Value(c, row)))))]).ToJsonString();
        var names = string.Join(", ", columns.Select(c => $"\"{c.GetColumnName()}\""));
        // Names come from the model, never from data.
        var sql = $"insert into {table} ({names}) select {names} from jsonb_populate_recordset(null::{table}, {{0}}::jsonb)";
        await db.Database.ExecuteSqlRawAsync(sql, [json], ct);
    }

    private static JsonNode? Value(IProperty column, object row)
    {
        var value = column.PropertyInfo!.GetValue(row);
        return JsonSerializer.SerializeToNode(value is null ? null : column.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value);
    }
}
