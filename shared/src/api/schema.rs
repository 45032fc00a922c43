//! What a request says about itself to programs. Only with the feature `schema`: the page does without.

use super::{Ids, Method};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::{any::TypeId, borrow::Cow};

/// One request as its declaration describes it.
#[derive(Debug, Clone)]
pub struct Described {
    /// The name of its type.
    pub name: &'static str,
    /// The words at its declaration.
    pub about: &'static str,
    /// The parameters of its path, in order.
    pub parameters: Vec<(&'static str, Schema)>,
    /// What is sent; of a request that reads, the fields of its query. `None`: nothing.
    pub body: Option<Schema>,
    /// What comes back.
    pub answer: Schema,
    /// The media type of that.
    pub media: &'static str,
}

/// The schema of a request's body. The query of a request that reads stands where it is used, not among the types.
pub(super) fn body_schema<T: JsonSchema + 'static>(
    method: Method,
    schemas: &mut SchemaGenerator,
) -> Option<Schema> {
    if TypeId::of::<T>() == TypeId::of::<()>() {
        return None;
    }
    Some(if method == Method::Get { T::json_schema(schemas) } else { schemas.subschema_for::<T>() })
}

impl JsonSchema for Ids {
    fn schema_name() -> Cow<'static, str> {
        "Ids".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$", "examples": ["1-3,7"]})
    }
}
